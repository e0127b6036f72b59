# 各方办理
requests-parts = 各方办理
requests-role-lead = 牵头办理
requests-role-responsible = 共同办理
requests-role-assisting = 协助
requests-role-informed = 知会
requests-neighbour = 邻居
requests-part-sent = 待接收
requests-part-signed-for = 已签收
requests-part-contacted = 已对接
requests-part-reported-in = 已报到
requests-part-in-progress = 办理中
requests-part-waiting = 等居民答复
requests-part-answered = 已办完
requests-part-explained = 暂时办不了
requests-part-declined = 说不归他们办
requests-part-released = 已改由他人办
requests-part-withdrawn = 已收回
requests-part-asks = 申请延长 { $n } 小时，等社区答复。

# 时限
requests-measure = 怎么算时间
requests-measure-working = 只算工作时间
requests-measure-elapsed = 昼夜连续算
requests-span-working = 工作时间 { $span }
requests-clock-joint = {"；"}
requests-clock-runs = { $due } 到期，还剩{ $span }
requests-clock-late = { $due } 到期，已超{ $span }
requests-clock-stands = { $since } 起暂停计时，还剩{ $span }
requests-clock-stands-late = { $since } 起暂停计时，此前已超{ $span }
requests-clock-was-in-time = 用了{ $used }，限{ $allowed }
requests-clock-was-late = 用了{ $used }，超过限定的{ $allowed }
requests-clock-paused = 中间停过 { $span }
requests-clock-paused-for-you = 等您回复停了 { $span }
requests-clock-extended = 已延长{ $span }
requests-clock-assumed = 放假安排还没公布，先按周一到周五算

# 各方能做的事
requests-act-part = 再派给一方
requests-act-part-to = 派给
requests-act-part-role = 要他们做什么
requests-act-part-words = 具体交办的事
requests-act-part-hours = 多少小时内（选填）
requests-act-part-hours-hint = 不填就按这类事情的时限。
requests-act-part-send = 派过去
requests-act-sign-for = 签收
requests-act-contact = 已对接
requests-act-contact-words = 商量的结果
requests-act-contact-hint = 和召集人说好了先做什么。只有工作人员看得到。
requests-act-report-in-on-site = 已到现场
requests-act-report-in-meeting = 已到会
requests-act-resume = 继续办理
requests-act-pause = 等反映人答复
requests-act-pause-words = 在等什么
requests-act-pause-hint = 写给反映人看，比如：请约一个在家的时间。等的这段时间不算进时限。
requests-act-ask-time = 申请延期
requests-act-ask-time-hint = 为什么按时办不完、打算怎么办。由社区决定，同意了会把原因告诉反映人。
requests-act-give-time = 给更多时间
requests-act-give-time-hint = 牵头方延期的，这段话会告诉反映人。
requests-act-refuse-time = 不同意延期
requests-act-time-words = 原因
requests-hours-more = 再要多少小时（昼夜连续算）
requests-hours-more-working = 再要多少小时（只算工作时间）
requests-act-return-hint = 请写明依据，比如职责清单、合同里是怎么写的。由社区裁定，期间不计时。
requests-act-release = 确实不归他们
requests-act-insist = 还是归他们办
requests-act-rule-words = 裁定的理由
requests-act-rule-hint = 承办方看得到。
requests-act-withdraw = 收回，不用办了
requests-act-withdraw-words = 为什么收回
requests-act-answer-part-hint = 写给牵头方和社区看，由牵头方统一答复反映人。
requests-act-grade = 评一评
requests-act-grade-which = 这次配合得怎么样
requests-act-grade-words = 想说的话（选填）
requests-act-grade-save = 提交评价
requests-grade-good = 好
requests-grade-fair = 一般
requests-grade-poor = 差
requests-graded-response = 社区对响应的评价
requests-graded-call = 承办方对派单的评价

# 做完之后的话
requests-done-part = 已派过去，对方会收到提醒。
requests-done-sign-for = 已签收。
requests-done-contact = 已记下对接情况。
requests-done-report-in = 已报到。
requests-done-pause = 已暂停计时，并告诉了反映人在等什么。
requests-done-resume = 继续办理，重新计时。
requests-done-ask-time = 延期申请已报社区。
requests-done-give-time = 已延长时限。
requests-done-refuse-time = 已答复：不延期。
requests-done-release = 已裁定不归他们办，请另派。
requests-done-insist = 已裁定归他们办，重新计时。
requests-done-withdraw = 已收回。
requests-done-grade = 评价已记下。

# 经过
requests-event-part-given = 派给{ $handler }（{ $role }）
requests-event-signed-for = 签收
requests-event-contacted = 已与召集人对接
requests-event-reported-in = 报到
requests-event-paused = 等反映人答复，暂停计时
requests-event-resumed = 继续办理
requests-event-time-asked = 申请延期
requests-event-time-given = 同意延期
requests-event-time-refused = 不同意延期
requests-event-ruled = 裁定
requests-event-released = 裁定：不归他们办
requests-event-insisted = 裁定：归他们办
requests-event-withdrawn = 收回
requests-event-handed-over = 交接
requests-event-graded = 评价
requests-event-link-made = 生成答复链接
requests-event-reminded = 提醒快到期
requests-event-escalated = 超时上报

# 提醒
requests-alert-part-over = { $subject } 有一方办完了，请看看。
requests-alert-ruled = { $subject } 的退回有裁定了，请看看。
requests-alert-time-asked = { $subject } 有延期申请，请答复。
requests-alert-time-decided = { $subject } 的延期申请有答复了。
requests-alert-time-given = 您反映的 { $subject } 要多等一些时间，请看看原因。
requests-alert-waits-for-you = 您反映的 { $subject } 在等您答复，请看看。
requests-alert-withdrawn = { $subject } 已收回，不用再办。

# 办不成的原因
requests-error-has-it-already = 这一方手上已经有这件诉求，不用再派。
requests-error-nobody-leads = 请先派给牵头的一方，再派给别的。
requests-error-not-a-third = 派单的人和承办的人都不能自己裁定，请另一位同事来裁定。
requests-error-own-time = 您参与了办理，不能自己批延期，请其他同事来定。
requests-error-thanked-not-graded = 邻居来帮忙，我们说谢谢，不打分。
requests-error-choose-grade = 请选一个评价。
requests-error-choose-measure = 请选怎么算时间。
requests-error-choose-role = 请选要他们做什么。
requests-error-hours = 小时数请填 1 到 { $most }。
requests-error-say-hours = 请填要多少小时。
