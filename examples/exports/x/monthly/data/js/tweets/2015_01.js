Grailbird.data.tweets_2015_01 = 
[
 {
  "source": "web",
  "entities": {
   "user_mentions": [],
   "media": [],
   "hashtags": [],
   "urls": []
  },
  "geo": {},
  "id_str": "551234567890123520",
  "text": "First day back &amp; the gerbil remembered us.",
  "id": 551234567890123520,
  "created_at": "2015-01-05 14:20:00 +0000",
  "user": {
   "name": "Amara Oduya",
   "screen_name": "mr_oduya_reads",
   "id": 8850001
  }
 }
]