window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1612345678901234501"
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
        "62"
      ],
      "favorite_count": "2",
      "id_str": "1612345678901234501",
      "truncated": false,
      "retweet_count": "0",
      "id": "1612345678901234501",
      "created_at": "Mon Jan 09 14:03:11 +0000 2023",
      "favorited": false,
      "full_text": "Reading night was a joy &amp; the cocoa ran out by seven &lt;3",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1612345678901234502"
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
        "59"
      ],
      "favorite_count": "2",
      "id_str": "1612345678901234502",
      "truncated": false,
      "retweet_count": "0",
      "id": "1612345678901234502",
      "created_at": "Mon Jan 09 15:30:00 +0000 2023",
      "favorited": false,
      "full_text": "RT @PrairieLibrary: Story hour moves to Saturdays in Febru…",
      "lang": "en",
      "retweeted_status_id_str": "1"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1612345678901234503"
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
        "28"
      ],
      "favorite_count": "2",
      "id_str": "1612345678901234503",
      "truncated": false,
      "retweet_count": "0",
      "id": "1612345678901234503",
      "created_at": "Tue Jan 10 01:12:45 +0000 2023",
      "favorited": false,
      "full_text": "@prairielibrary Count us in!",
      "lang": "en",
      "in_reply_to_status_id_str": "1612345678901234400",
      "in_reply_to_user_id_str": "5550001",
      "in_reply_to_screen_name": "PrairieLibrary"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1612345678901234504"
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
        "35"
      ],
      "favorite_count": "2",
      "id_str": "1612345678901234504",
      "truncated": false,
      "retweet_count": "0",
      "id": "1612345678901234504",
      "created_at": "Tue Jan 10 01:20:00 +0000 2023",
      "favorited": false,
      "full_text": "@mr_oduya_reads And bring a pillow.",
      "lang": "en",
      "in_reply_to_status_id_str": "1612345678901234501",
      "in_reply_to_user_id_str": "8850001",
      "in_reply_to_screen_name": "mr_oduya_reads"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1612345678901234505"
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
        "urls": [
          {
            "url": "https://t.co/aB3dE5gH7j",
            "expanded_url": "https://twitter.com/PrairieLibrary/status/1612345678901234000",
            "display_url": "twitter.com/PrairieLibrar…",
            "indices": [
              "18",
              "41"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "41"
      ],
      "favorite_count": "2",
      "id_str": "1612345678901234505",
      "truncated": false,
      "retweet_count": "0",
      "id": "1612345678901234505",
      "created_at": "Wed Jan 11 22:05:09 +0000 2023",
      "favorited": false,
      "full_text": "This, every word. https://t.co/aB3dE5gH7j",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1612345678901234506"
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
        "47"
      ],
      "favorite_count": "2",
      "id_str": "1612345678901234506",
      "truncated": false,
      "retweet_count": "0",
      "id": "1612345678901234506",
      "created_at": "Thu Jan 12 18:40:00 +0000 2023",
      "favorited": false,
      "full_text": "Our shelf of new books. https://t.co/kL9mN1pQ3r",
      "lang": "en",
      "extended_entities": {
        "media": [
          {
            "id_str": "77",
            "url": "https://t.co/kL9mN1pQ3r",
            "media_url_https": "https://pbs.twimg.com/media/FmXexample1.jpg",
            "type": "photo",
            "ext_alt_text": "A shelf with nine picture books"
          },
          {
            "id_str": "78",
            "url": "https://t.co/kL9mN1pQ3r",
            "media_url_https": "https://pbs.twimg.com/media/FmXexample2.jpg",
            "type": "photo"
          }
        ]
      }
    }
  }
]
