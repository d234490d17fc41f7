window.YTD.community_tweet.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1702345678901234511"
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
        "41"
      ],
      "favorite_count": "2",
      "id_str": "1702345678901234511",
      "truncated": false,
      "retweet_count": "0",
      "id": "1702345678901234511",
      "created_at": "Thu Sep 14 19:00:00 +0000 2023",
      "favorited": false,
      "full_text": "Which read-aloud made your room go quiet?",
      "lang": "en",
      "community_id": "1490000000000000001",
      "community_id_str": "1490000000000000001",
      "scopes": {
        "followers": false
      }
    }
  }
]
