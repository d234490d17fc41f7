window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "1752345678900000001",
      "updatedAt": "2024-01-31T12:00:00.000Z",
      "lifecycle": {
        "value": "1",
        "name": "Active"
      },
      "createdAt": "2024-01-31T12:00:00.000Z",
      "core": {
        "styletags": [],
        "urls": [],
        "text": "Conferences start tomorrow at four, and I have been asked the same three questions all week, so here they are in one place. Bring the folder that came home on Friday. Park in the east lot, since the west one is being paved. And if you can't come at your time, call the office: we will find another & nobody minds.",
        "mentions": [],
        "cashtags": [],
        "hashtags": []
      }
    }
  },
  {
    "noteTweet": {
      "noteTweetId": "1752345678900000002",
      "createdAt": "2024-02-02T09:00:00.000Z",
      "core": {
        "text": "A long note whose post is gone from the list.",
        "mentions": [],
        "urls": []
      }
    }
  }
]
