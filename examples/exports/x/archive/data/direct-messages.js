window.YTD.direct_messages.part0 = [
  {
    "dmConversation": {
      "conversationId": "8850001-5550001",
      "messages": [
        {
          "messageCreate": {
            "recipientId": "5550001",
            "reactions": [],
            "urls": [],
            "text": "Is the hall free on Friday?",
            "mediaUrls": [],
            "senderId": "8850001",
            "id": "160000000000000001",
            "createdAt": "2022-12-05T10:00:00.000Z"
          }
        },
        {
          "messageCreate": {
            "recipientId": "8850001",
            "text": "It is.",
            "senderId": "5550001",
            "id": "160000000000000002",
            "createdAt": "2022-12-05T10:05:00.000Z"
          }
        }
      ]
    }
  }
]
