# 志愿服务时长：居民看自己的记录和证明，社区工作人员登记、复核、回访，公开页面只有数字。

hours-nav = 志愿服务时长
hours-crumbs = 所在位置
hours-comma = 、
hours-span-hours = { $hours } 小时
hours-span-minutes = { $minutes } 分钟
hours-span-both = { $hours } 小时 { $minutes } 分钟

# 我的记录
hours-own-title = 我的志愿服务记录
hours-own-about = 只有您本人和社区工作人员看得到。时长只会累加，兑换积分、请人帮忙都不会减少它。
hours-own-not-known = 您的账号还没有和居民登记对上，请到社区办一次，以后就能在这里看到自己的服务记录。
hours-own-numbers = 我的时长
hours-own-export = 下载记录（CSV）
hours-own-rules = 路上的时间不算。人工补录的要由另一位工作人员确认才算数，补录的标记会一直留着。
hours-total = 累计时长
hours-level = 星级
hours-level-none = 还没有星级
hours-level-of = { $n } 星
hours-next = 离下一星还差
hours-next-none = 已经是最高星级
hours-years = 按年份看
hours-year = { $year }年
hours-entries-of = { $year }年的记录
hours-entries-none = 这一年还没有服务记录。参加活动、到岗服务、互助帮忙，确认以后都会记在这里。
hours-confirmed-by = 由{ $who }确认
hours-typed-by = { $who }登记
hours-taken-back = 已撤回
hours-taken-back-hint = 复核后认为这条不属实，已用一条相反的记录冲销，原记录保留。您有不同意见，15 天之内可以提异议，由没有经手过的人决定。
hours-object = 我有异议
hours-object-words = 为什么您认为应该算
hours-object-send = 提交异议

# 来源、确认人、状态、标记
hours-origin-activity = 参加活动
hours-origin-post = 岗位服务
hours-origin-time-bank = 时间银行互助
hours-origin-entry = 社区登记
hours-confirmer-activity = 活动组织者
hours-confirmer-post = 岗位负责人
hours-confirmer-time-bank = 受助人
hours-confirmer-entry = 社区工作人员
hours-confirmer-leader = 社区负责人
hours-state-waiting = 等第二人确认
hours-state-confirmed = 已确认
hours-state-refused = 没有通过
hours-state-objected = 有异议，等另一人决定
hours-state-upheld = 复核后仍没有通过
hours-state-withdrawn = 冲销
hours-label-late = 补录
hours-label-bulk = 批量
hours-label-own = 本人登记
hours-words-refused = 没有通过的原因
hours-words-objection = 本人的异议
hours-words-decision = 复核意见
hours-words-withdrawn = 撤回的原因

# 字段
hours-field-person = 服务的人
hours-field-name = 姓名
hours-field-phone = 电话
hours-field-address = 住址
hours-field-building = 楼栋
hours-field-room = 房号
hours-field-day = 服务日期
hours-field-from = 开始时间
hours-field-until = 结束时间
hours-field-minutes = 分钟数
hours-field-hours = 小时数
hours-field-length = 时长
hours-field-done = 做了什么
hours-field-origin = 来源
hours-field-state = 状态
hours-field-labels = 标记
hours-field-confirmer = 谁确认的
hours-field-typist = 谁登记的

# 工作台
hours-desk-title = 志愿服务时长
hours-desk-about = 一条时长要两个人：登记的人自己不能确认，服务的人自己也不能确认。
hours-desk-rules = 超过七天才登记的、表格导入的、本人登记的，都带标记，确认后由系统随机抽一部分回访。
hours-queues = 待办
hours-queue-unsettled = 等第二人确认
hours-queue-flags = 要看一看的
hours-queue-reviews = 等负责人复核
hours-waiting-none = 现在没有等确认的记录。
hours-tick = 选择
hours-tick-one = 选择{ $who }在{ $day }的服务
hours-confirm-ticked = 确认选中的
hours-confirm-about = 您确认的是：这些人那天确实做了这些事，时长没有多写。要么全部确认，要么一条也不动。

# 登记
hours-enter-title = 登记服务
hours-enter-about = 有人来说、来电话，或者交来纸质签到表，先在居民登记里找到人，再写哪天、多久、做了什么。
hours-enter-find = 谁服务的
hours-enter-find-hint = 姓名、拼音、住址或者完整的电话号码
hours-enter-search = 查找
hours-enter-none = 没有找到。换个写法再试；如果还没有登记，请先在居民登记里添上。
hours-enter-another = 换一个人
hours-enter-time-hint = 写起止时间，或者只写分钟数。路上的时间不算；过了零点的分两天登记。
hours-enter-done-hint = 一句话就够。不要写身份证号，也不要写受助人的病情和困难。
hours-enter-save = 登记，等第二人确认

# 一条记录
hours-entry-title = 服务记录
hours-history = 经过
hours-wait-for-other = 这一步要由另一位工作人员来办：登记的人、经过手的人和服务的人本人都不行。
hours-act-confirm = 确认
hours-act-confirm-about = 您知道或者问过，这件事属实，时长没有多写。
hours-act-confirm-save = 属实，确认
hours-act-refuse = 不通过
hours-act-refuse-words = 原因，本人看得到
hours-act-refuse-save = 不通过
hours-act-decide = 对异议作决定
hours-act-decide-about = 本人不同意前面的处理。您没有经手过这条记录，请核实以后决定，写明理由。
hours-act-decide-words = 理由，本人看得到
hours-act-grant = 算数
hours-act-uphold = 仍不通过
hours-act-doubt = 觉得这条不属实
hours-act-doubt-about = 您的疑问交给社区负责人复核，复核之前照常计算，不影响本人。
hours-act-doubt-words = 哪里不对，您知道什么
hours-act-doubt-save = 交负责人复核

# 回访
hours-calls-title = 回访
hours-calls-about = 带标记的记录，每一百条随机抽 { $percent } 条，问一问受助人或者服务的人，是不是真有这回事。经手过的人不能自己问。
hours-calls-none = 没有要回访的记录。
hours-call-tries = 已经联系 { $n } 次，没有联系上
hours-call-question = 问下来怎么样
hours-call-words = 对方怎么说（说不属实的要写）
hours-call-save = 记下来
hours-call-not-you = 您经手过这条记录，或者这是您自己的服务，请另一位工作人员来问。
hours-answer-so = 属实
hours-answer-not-so = 不属实
hours-answer-not-reached = 没有联系上

# 要看一看的
hours-flags-title = 要看一看的记录
hours-flags-about = 系统只是提醒，不下结论：看过以前照常计算，也不会给任何人记一笔。不查定位，不要照片。
hours-flags-open = 还没有看的
hours-flags-done = 看过的
hours-flags-none = 没有要看的记录。
hours-flags-none-done = 还没有看过的记录。
hours-flag-overlap = 和另一条时间重叠
hours-flag-long-day = 一天超过 12 小时
hours-flag-many-short = 一天里很多次短时间服务
hours-flag-ahead = 日期还没有到
hours-flag-circle = 两个人之间来回互助
hours-flag-not-so = 回访时说不属实
hours-flag-doubt = 工作人员有疑问
hours-flag-state-open = 还没有看
hours-flag-state-to-leader = 等负责人复核
hours-flag-state-right = 没有问题
hours-flag-state-withdrawn = 已撤回
hours-flag-raised = { $when }提出
hours-flag-looked = 看了什么
hours-flag-reviewed = 负责人意见
hours-flag-words = 看了什么，问了谁，怎么样
hours-flag-outcome = 结果
hours-flag-save = 记下来
hours-flag-with-leader = 等社区负责人复核。
hours-outcome-right = 没有问题
hours-outcome-to-leader = 交负责人复核
hours-outcome-withdrawn = 不属实，撤回

# 公开数字
hours-figures-title = 志愿服务数字
hours-figures-about = 只有总数，没有名单，也不排名次。
hours-figures-hidden = 不满 10 个人的数字不显示，免得看出是谁。
hours-figure-active = 近 90 天服务满一小时的人
hours-figure-median = 这些人时长的中位数
hours-figure-received = 近一年由受助人确认的时长占比
hours-figure-labelled = 近一年补录、批量登记的时长占比
hours-figure-small = 不满 10 人
hours-figure-months = 每个月的人数和时长
hours-figure-month = 月份
hours-figure-people = 服务人数
hours-figure-hours = 时长
hours-figure-running = 到今天

# 证明
hours-certificate-title = 志愿服务记录证明
hours-certificate-about = 自己选写什么，当场就有，不收费，也不用谁批。给谁看由您定，随时可以收回。
hours-certificate-name = 姓名怎么写
hours-certificate-from = 从哪天
hours-certificate-until = 到哪天
hours-certificate-detail = 写到多细
hours-detail-total = 只写总时长
hours-detail-kinds = 按来源分开
hours-detail-entries = 每一条都写
hours-certificate-who = 拿到编号或者二维码的人都能打开核对，看到的就是您选的这些，没有别的。
hours-certificate-make = 开证明
hours-certificates-made = 开过的证明
hours-certificates-none = 还没有开过证明。
hours-certificate-period = { $from }到{ $until }
hours-certificate-issued = { $day }开具
hours-certificate-withdraw = 收回
hours-certificate-withdrawn = 已收回

# 核对证明
hours-proof-ask-title = 核对志愿服务记录证明
hours-proof-ask-about = 扫证明上的二维码，或者在这里输入编号。不用登录。
hours-proof-number = 证明编号
hours-proof-number-hint = 十六个字母和数字，横线和空格可以不写
hours-proof-check = 核对
hours-proof-unreadable = 这不是完整的证明编号。编号是十六个字母和数字，请照着证明再输一遍。
hours-proof-unknown = 本社区没有开过这个编号的证明。请对照原件再核一遍编号；编号没有输错的话，这份证明不是本社区开的，或者被改过。别的社区开的，请扫原件上的二维码。
hours-proof-withdrawn = 这份证明已由本人收回，不再有效，内容也不再显示。
hours-proof-altered = 这份证明的内容和开具时的封印对不上，不能作数。请联系社区核实。
hours-proof-title = 志愿服务记录证明
hours-proof-says = 兹证明 { $name } 在{ $community }参加志愿服务，经确认的服务时长为：
hours-proof-lines = 时长明细
hours-proof-labelled = 事后登记
hours-proof-issued = 开具日期
hours-proof-address = 核对地址
hours-proof-picture = 二维码，扫一扫打开核对页面
hours-proof-how = 以核对页面上的内容为准：纸上的数字和页面上不一样的，就是被改过。
hours-proof-holds = 证明有效，内容和开具时一致。
hours-proof-changed = 这份证明开具以后，{ $day }有计入的记录被撤回，现在的时长和下面写的不一样。请持有人重新开一份。
hours-proof-print = 要打印，用浏览器的打印功能就行，菜单和按钮不会印出来。
hours-proof-back = 回到我的证明

# 设置
hours-settings-title = 时长设置
hours-settings-stars = 每一星要多少小时
hours-settings-stars-hint = 从小到大，用逗号分开，例如 100,300,600,1000,1500
hours-settings-percent = 带标记的记录回访百分之几
hours-settings-percent-hint = { $usual } 到 100 之间，不能再低
hours-settings-save = 保存

# 表格导入
hours-import-title = 导入时长表格
hours-import-about = 把活动签到表、台账里的时长一次带进来。每一行都要能在居民登记里找到人；全部对了或者划掉了才写入，写入后带“批量”标记，等另一位工作人员确认。
hours-import-file = 表格文件
hours-import-file-hint = Excel、ODS 或者 CSV，最多 { $n } 行。要有姓名，电话或住址，日期，时长，做了什么。
hours-import-upload = 上传看看
hours-import-look = 逐行看一看
hours-import-look-about = 现在什么都还没有写入。
hours-import-columns = 每一列是什么
hours-import-columns-about = 请选出姓名，电话或者住址（楼栋加房号也行），日期，时长（分钟数、小时数或者起止时间），做了什么。“时长”一列没有写明单位的，请选是分钟还是小时。
hours-import-columns-save = 就这样读
hours-column-none = 没有这一列
hours-column-unnamed = 没有表头的列
hours-import-right = 可以写入
hours-import-wrong = 有问题
hours-import-row = 行
hours-import-verdict = 读出来的，或者哪里不对
hours-import-strike = 划掉
hours-import-strike-row = 划掉第 { $row } 行
hours-import-struck = 已划掉，不写入
hours-import-confirm = 写入没有划掉的行
hours-import-confirm-about = 整张表一起写入：只要还有一行不对，就一行也不写。
hours-import-other = 换一张表
hours-import-still-wrong = 还有 { $n } 行不对。请在表格里改好重新上传，或者把这些行划掉。
hours-import-nothing = 没有可以写入的行。
hours-import-done = 表格已写入
hours-import-done-words = 《{ $file }》写入了 { $n } 条，等另一位工作人员确认。
hours-file-missing = 请选一个表格文件。
hours-file-gone = 这张表已经写入，或者过了一天已经删除，请重新上传。
hours-file-refused = 表里有不该收集的列，整张表都没有读。请删掉这些列再上传：
hours-row-no-name = 没有姓名。
hours-row-no-way-to-find = 没有看得懂的电话，也没有带房号的住址，没法在居民登记里找人。
hours-row-no-words = 没有写做了什么。
hours-row-stranger = 居民登记里没有这个人：姓名要一字不差，电话或者住址要对得上。
hours-row-several = 居民登记里有 { $n } 个人都对得上，分不清是哪一位，请补上电话或者住址。
hours-row-repeats = 和第 { $row } 行同一天、同样长，像是重复了。确实是两次的，请写上起止时间。
hours-row-known = 同一天、同样长的已经登记过，像是重复了。确实是另一次的，请写上起止时间。
hours-row-overlaps = 和第 { $row } 行时间重叠：一个人不能同时在两处。
hours-row-overlaps-known = 和已经登记的一条时间重叠：一个人不能同时在两处。

# 做完以后
hours-done-confirmed = 已确认，时长已计入。
hours-done-refused = 已记下没有通过，原因本人看得到。
hours-done-objected = 异议已提交，会由没有经手过的人决定。
hours-done-decided = 已作决定，理由本人看得到。
hours-done-entered = 已登记，等另一位工作人员确认。
hours-done-doubted = 已交负责人复核。
hours-done-called = 回访已记下。
hours-done-looked = 已记下。
hours-done-withdrawn = 证明已收回，别人再打开只会看到“已收回”。
hours-done-set = 设置已保存。
hours-done-imported = 表格已写入。

# 提醒
hours-alert-refused = { $subject }的服务没有通过，请看原因；有异议 15 天之内可以提
hours-alert-decided = { $subject }的服务，您的异议有了结果
hours-alert-withdrawn = { $subject }的服务复核后已撤回，请看原因；有异议 15 天之内可以提
hours-alert-review = { $subject }的一条服务记录等您复核

# 办不成的时候
hours-error-faster = 有同事已经办过了，或者这条记录已经变了，请刷新再看。
hours-error-own-typing = 这条是您自己登记的，要由另一位工作人员确认。
hours-error-own-service = 这是您自己的服务，要由别人来办。
hours-error-another-person = 这条记录您已经经手过，这一步要换一个人。
hours-error-day-too-full = 一天只有 24 小时：加上已经登记的，这一天超过了。请核对日期和时长。
hours-error-day-ahead = 这一天还没有到，请核对日期。
hours-error-day = 请写日期，例如 2026-11-20。
hours-error-repeated = 同一天、同样长的已经登记过。确实是另一次的，请写上起止时间。
hours-error-too-late-to-object = 已经超过 15 天，不能再在这里提异议。您可以到社区说明情况。
hours-error-does-not-count = 这条现在没有计入时长，不用再撤。
hours-error-nothing-chosen = 一条也没有选，请先打勾。
hours-error-nothing-to-prove = 这段时间里还没有确认过的时长，开不了证明。请换一段时间。
hours-error-missing = 这一栏要写。
hours-error-too-long = 太长了，最多 { $most } 个字。
hours-error-national-id = 请把身份证号删掉，这里不收身份证号。
hours-error-too-many-at-once = 一次最多确认 { $n } 条。
hours-error-choose-answer = 请选问下来怎么样。
hours-error-choose-outcome = 请选看下来的结果。
hours-error-choose-detail = 请选写到多细。
hours-error-ends-before = 结束的日期不能早于开始的日期。
hours-error-stars = 请从小到大写整数小时，用逗号分开，最多十个。
hours-error-percent = 请写 5 到 100 之间的整数。
hours-time-missing = 请写起止时间，或者写分钟数。
hours-time-unreadable = 时间看不懂，请写成 14:00，分钟数写成 90。
hours-time-ends-before = 结束时间要晚于开始时间；过了零点的请分两天登记。
hours-time-nothing = 时长至少一分钟。
hours-time-more-than-a-day = 一天只有 24 小时，请核对时长；过了零点的请分两天登记。
hours-time-contradicts = 起止时间和分钟数对不上，请改成一致，或者只写一样。

# 操作记录
subject-service = 服务记录
subject-certificate = 服务证明
job-hours-look-over = 看一看新的服务记录
job-hours-forget-file = 删除没有写入的时长表格
event-hours-service-entered = 登记了服务
event-hours-service-confirmed = 服务得到确认
event-hours-service-refused = 服务没有通过
event-hours-service-objected = 本人提出异议
event-hours-objection-decided = 异议有了结果
event-hours-service-withdrawn = 服务已撤回
event-hours-service-called-back = 回访
event-hours-service-flagged = 请人看一看
event-hours-service-looked-at = 看过了
event-hours-imported = 导入了时长表格
event-hours-certificate-issued = 开了服务证明
event-hours-certificate-withdrawn = 收回了服务证明
act-hours-read = 看服务记录
act-hours-enter = 登记服务、导入表格
act-hours-confirm = 作为第二人确认或不通过
act-hours-object = 对没有通过、被撤回提出异议
act-hours-decide = 对异议作决定
act-hours-call-back = 回访
act-hours-look = 看系统提醒的记录
act-hours-review = 复核，撤回不属实的
act-hours-desk = 打开时长工作台
act-hours-certify = 开自己的服务证明
act-hours-verify = 按编号核对证明
act-hours-count = 看志愿服务数字
act-hours-set = 设置星级和回访比例
