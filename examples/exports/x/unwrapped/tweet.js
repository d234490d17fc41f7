window.YTD.tweet.part0 = [
  {
    "edit_info": {
      "initial": {
        "editTweetIds": [
          "1112345678901234512"
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
      "21"
    ],
    "favorite_count": "2",
    "id_str": "1112345678901234512",
    "truncated": false,
    "retweet_count": "0",
    "id": "1112345678901234512",
    "created_at": "Sun Mar 31 10:00:00 +0000 2019",
    "favorited": false,
    "full_text": "No wrapper around me.",
    "lang": "en"
  }
]
