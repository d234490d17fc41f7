window.__THAR_CONFIG = {
  "userInfo": {
    "accountId": "8850001",
    "userName": "mr_oduya_reads",
    "displayName": "Amara Oduya"
  },
  "archiveInfo": {
    "sizeBytes": "120000",
    "generationDate": "2024-03-01T00:00:00.000Z",
    "isPartialArchive": false,
    "maxPartSizeBytes": "53687091200"
  },
  "dataTypes": {
    "tweets": {
      "mediaDirectory": "data/tweets_media",
      "files": [
        {
          "fileName": "data/tweets.js",
          "globalName": "YTD.tweets.part0",
          "count": "6"
        },
        {
          "fileName": "data/tweets-part1.js",
          "globalName": "YTD.tweets.part1",
          "count": "3"
        }
      ]
    },
    "deletedTweets": {
      "files": [
        {
          "fileName": "data/deleted-tweets.js",
          "globalName": "YTD.deleted_tweets.part0",
          "count": "2"
        }
      ]
    }
  }
}
