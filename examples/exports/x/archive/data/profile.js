window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "Third grade &amp; books. Views are mine.",
        "website": "",
        "location": "Prairie View"
      },
      "avatarMediaUrl": "https://pbs.twimg.com/profile_images/1/a.jpg"
    }
  }
]
