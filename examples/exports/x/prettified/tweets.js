window.YTD.tweets.part0 = [
  {
    tweet: {
      id_str: '1612345678901234501',
      full_text: 'A formatter was here.',
    },
  },
];
