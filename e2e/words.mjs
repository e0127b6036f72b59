/**
 * What the journeys look for on the pages, in both languages. A journey finds things as a person does, by role and
 * words; so a changed word changes here, once.
 */

/** @satisfies {Record<import('./harness.mjs').Locale, Record<string, string | RegExp>>} */
export const words = {
  'zh-CN': {
    report: '我要反映',
    facilities: '公共设施',
    lamp: /楼道灯/,
    what: '是什么事？',
    where: '在哪里？',
    send: '提交',
    another: '都不是，照样提交',
    follow: '看进展',
    received: '已收到',
    dispatch: '派单',
    take: '已联系，开始办理',
    answer: '办理结果',
    finish: '答复',
    solved: /解决了/,
    content: /满意/,
    closed: '已办结',
  },
  en: {
    report: 'Report a matter',
    facilities: 'Shared facilities',
    lamp: /lamp/i,
    what: 'What is it?',
    where: 'Where?',
    send: 'Send',
    another: 'None of these, send mine',
    follow: 'See how it goes',
    received: 'Received',
    dispatch: 'Dispatch',
    take: 'Heard them, begin',
    answer: 'What was done',
    finish: 'Answer',
    solved: /solved|resolved/i,
    content: /satisfied/i,
    closed: 'Closed',
  },
};
