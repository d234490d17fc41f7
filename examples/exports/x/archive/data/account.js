window.YTD.account.part0 = [
  {
    "account": {
      "email": "amara.oduya@prairieview.example",
      "createdVia": "web",
      "username": "mr_oduya_reads",
      "accountId": "8850001",
      "createdAt": "2015-08-20T15:00:00.000Z",
      "accountDisplayName": "Amara Oduya"
    }
  }
]
