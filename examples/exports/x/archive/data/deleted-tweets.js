window.YTD.deleted_tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1602345678901234510"
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
        "36"
      ],
      "favorite_count": "2",
      "id_str": "1602345678901234510",
      "truncated": false,
      "retweet_count": "0",
      "id": "1602345678901234510",
      "created_at": "Sun Dec 11 08:00:00 +0000 2022",
      "favorited": false,
      "full_text": "Posted in a hurry, taken down again.",
      "lang": "en",
      "deleted_at": "Sun Dec 11 08:02:00 +0000 2022"
    }
  }
]
