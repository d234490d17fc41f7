window.YTD.tweets.part1 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1752345678901234507"
          ],
          "editsRemaining": "5"
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "265"
      ],
      "favorite_count": "2",
      "id_str": "1752345678901234507",
      "truncated": false,
      "retweet_count": "0",
      "id": "1752345678901234507",
      "created_at": "Wed Jan 31 12:00:00 +0000 2024",
      "favorited": false,
      "full_text": "Conferences start tomorrow at four, and I have been asked the same three questions all week, so here they are in one place. Bring the folder that came home on Friday. Park in the east lot, since the west one is being paved. And if you can't… https://t.co/zZ8yY6xX4w",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "id_str": "1752345678901234508",
      "created_at": "Wed Jan 31 12:05:00 +0000 2024"
    }
  },
  "a stray string",
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1752345678901234509"
          ],
          "editsRemaining": "5"
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "9"
      ],
      "favorite_count": "2",
      "id_str": "1752345678901234509",
      "truncated": false,
      "retweet_count": "0",
      "id": "1752345678901234509",
      "created_at": "not a date",
      "favorited": false,
      "full_text": "Snow day!",
      "lang": "en"
    }
  }
];
