# 网格与地图
areas-nav = 网格与地图
areas-crumbs = 所在位置
areas-map = 地图
areas-comma = 、
areas-choose = 请选择

areas-level-city = 市
areas-level-district = 区（县）
areas-level-subdistrict = 街道（乡镇）
areas-level-community = 社区（村）
areas-level-grid = 网格
areas-level-micro-grid = 微网格
areas-level-building = 楼栋

# 列表
areas-list-title = 网格与地图
areas-list-hint = 各网格、微网格由谁负责，哪里还没有人，一眼看清。
areas-open-map = 看地图
areas-map-label = 本社区的网格地图，下面的列表里有同样的内容
areas-search = 查找
areas-search-example = 网格、楼栋、网格员姓名
areas-found = 找到 { $n } 处与“{ $q }”有关的
areas-found-none = 没有找到。换个写法试试，比如“2-07”“3栋”或网格员的姓名。
areas-all = 看全部
areas-uncovered = 有 { $n } 个网格或微网格还没有网格员。点进去就可以安排。
areas-homeless-buildings = 有 { $n } 栋楼不在任何微网格里，居民从那里反映的事情会先进“待分派”。请补画微网格。
areas-list-empty = 还没有网格。可以导入地图文件，也可以在地图上画。
areas-grid-empty = 这个网格还没有划分微网格。
areas-grid-caption = { $name }的微网格
areas-on-duty = 在岗
areas-buildings = 楼栋
areas-nobody = 暂时没有人
areas-by-grid-worker = 由网格的网格员负责
areas-since = { $day }起
areas-from-until = { $from }至{ $until }
areas-leftovers = 撤销的区域上还有人在岗
areas-leftovers-hint = 原有事项办完后，请让他们卸任；新的岗位请到新的网格里安排。

# 区域页
areas-area-title = { $name }
areas-area-map-label = { $name }的范围
areas-correct = 修改
areas-ended-on = 这个区域已于{ $day }撤销。以前的事项仍记在它名下。
areas-who-works-here = 谁在这里服务
areas-nobody-yet = 目前没有专人负责，有事请直接联系社区。
areas-tasks-of-grid-worker = 走访巡查，听取和收集居民反映的事情；能办的当场办，办不了的上报并跟进到有结果。不收集与服务无关的个人信息。
areas-tasks-of-micro-grid-head = 身边的热心邻居：发现问题及时说，帮邻居传话、搭把手。看不到居民的个人资料。
areas-facts = 基本情况
areas-level = 层级
areas-code = 编号
areas-ground = 面积
areas-hectares = { $n } 公顷
areas-square-metres = { $n } 平方米
areas-service-phone = 服务电话
areas-complaint-phone = 监督电话
areas-within = 下辖

# 在岗
areas-duty-take-up = 安排上岗
areas-duty-end = 卸任
areas-duty-nobody = 没有这个姓名或登录名的在用账号；同名的请填登录名。
areas-duty-kind = 担任
areas-duty-kind-missing = 请选择担任什么。
areas-duty-taken-up = 已安排上岗。
areas-duty-laid-down = 已卸任。
areas-on-duty-already = 这位同志已经在这里担任同样的工作了。
areas-no-such-duty = 这个岗位已经卸任，或者不归网格管理。请刷新后再看。
areas-past-duties = 以往在岗

# 画与改
areas-new-title = 新增区域
areas-edit-title = 修改{ $name }
areas-name = 名称
areas-name-hint = 居民平时怎么叫就怎么写，比如“2-07微网格”“3栋”。
areas-name-missing = 请填写名称。
areas-name-long = 名称太长了，最多 { $most } 个字。
areas-name-taken = 同一个区域里已经有叫这个名称的了，请换一个。
areas-code-hint = 没有就不填。
areas-code-long = 编号太长了，最多 { $most } 个字。
areas-code-taken = 这个编号已经有别的区域在用了，请换一个。
areas-parent = 属于
areas-parent-by-place = 按位置自动判断
areas-level-missing = 请选择是哪一级。
areas-wrong-parent = 这一级的区域不能放在这里。微网格要放在网格里，楼栋要放在微网格、网格或社区里。
areas-geometry = 边界
areas-geometry-draw = 在地图上点出边界；拖动角点可以修改，靠近邻近区域的角点会自动对齐。
areas-geometry-text = 边界坐标（GeoJSON）
areas-geometry-without-map = 这里没有地图可画。请展开“边界坐标”，把边界粘贴进去。
areas-geometry-hint = WGS-84 坐标，经度在前。暂时没有边界可以空着。
areas-geometry-not-one = 这里要的是一个区域的边界，内容里没有或者有好几个。请只保留一个。
areas-save = 保存
areas-cancel = 取消
areas-retire = 撤销这个区域
areas-retire-hint = 撤销后，地图上不再显示，新的事项不再归到这里；以前的事项和记录都保留。里面还有网格或微网格的，要先撤销里面的。
areas-retire-sure = 确定撤销
areas-drawn = 已画好。
areas-corrected = 已保存修改。
areas-retired = 已撤销，以前的事项和记录都保留。
areas-map-changed = 刚刚有人改了地图，您的修改没有保存。请返回上一页，看看新的地图，再提交一次。
areas-area-changed = 刚刚有人改了这个区域，您的修改没有保存。请返回区域页，在新的内容上再改。
areas-ended = 这个区域已经撤销，不能再改了。
areas-still-holds = 里面还有网格或微网格，请先撤销或移走它们。
areas-no-place = 没能读懂这个位置。请给出纬度和经度，比如 lat=30.66&lon=104.06。
areas-api-wrong = 参数 { $name } 的值不对，请对照接口说明修改后再试。

# 导入
areas-import-title = 导入地图文件
areas-import-hint = 支持 GeoJSON 文件。先检查、看预览，您确认之后才会写入；要么全部写入，要么一个也不写。
areas-file = 文件
areas-file-hint = .geojson 或 .json，不超过 16 MB。
areas-file-missing = 请选择文件。
areas-file-too-large = 文件太大，没有读取。请把它拆成几个不超过 16 MB 的文件，分几次导入。
areas-file-not-utf8 = 文件不是 UTF-8 编码的文本。请用地图软件重新导出为 GeoJSON。
areas-file-not-json = 文件在第 { $line } 行第 { $column } 列处读不下去了，可能不完整。请重新导出后再试。
areas-file-not-geojson = 这个文件不是 GeoJSON。请用地图软件导出为 GeoJSON 格式后再试。
areas-file-projected = 坐标是 { $name } 的，不是经纬度。请在地图软件里换成经纬度（WGS-84 或 CGCS2000）再导出。
areas-file-too-many = 文件里有 { $n } 个图形，超过了 { $most } 个。请分几次导入。
areas-file-bad-feature = 第 { $n } 个图形写得不对（位置 { $at }）。请修改后再导入。
areas-import-level = 文件里是什么
areas-datum = 坐标系
areas-datum-hint = 高德、腾讯地图上描下来的选 GCJ-02，百度地图选 BD-09，会自动换算。不确定的，先选 WGS-84，在预览里看位置对不对。
areas-datum-missing = 请选择坐标系。
areas-datum-wgs84 = WGS-84（卫星定位、GeoJSON 默认）
areas-datum-gcj02 = GCJ-02（高德、腾讯）
areas-datum-bd09 = BD-09（百度）
areas-datum-cgcs2000 = CGCS2000（国家大地坐标系）
areas-import-replaces = 代替原来同级的区域（重新划分）
areas-import-replaces-hint = 勾选后，同一个上级里原来的同级区域会撤销，由文件里的代替。以前的事项仍留在原来的区域。
areas-import-look = 检查并预览
areas-imported = 已全部导入。
areas-faulty = 文件里还有必须改的问题，没有导入。请看下面逐条列出的问题，改好后再导入。
areas-preview-title = 导入预览
areas-preview-map-label = 将要导入的区域和发现的问题，下面的列表里有同样的内容
areas-preview-sound = 检查通过，{ $n } 个区域可以导入。现在还什么都没有写入。
areas-preview-unsound = 有 { $n } 处必须先改，暂时不能导入。什么都没有写入。
areas-preview-faults = 必须先改的（{ $n } 处）
areas-preview-warnings = 提醒（{ $n } 处）
areas-preview-warnings-hint = 不影响导入，请看看是不是您的本意。
areas-preview-ends = 将要撤销的（{ $n } 个）
areas-preview-ends-hint = 以前的事项仍留在这些区域。
areas-preview-areas = 将要导入的（{ $n } 个）
areas-preview-more = 还有 { $n } 处没有列出。
areas-preview-fault = 必须先改
areas-preview-warning = 提醒
areas-preview-load = 导入这 { $n } 个区域
areas-preview-other = 换一个文件

# 检查出的问题
areas-found-no-areas = 文件里没有面状的区域，没有可以导入的内容。
areas-found-not-an-area = “{ $name }”是 { $kind }，不是面状的区域，没有采用。
areas-found-out-of-range = “{ $name }”的坐标超出了经纬度的范围，多半是投影坐标（米）。请换成经纬度再导出。
areas-found-swapped = “{ $name }”的经度和纬度写反了，应当经度在前。
areas-found-too-few-points = “{ $name }”有一圈边界只有 { $n } 个不同的点，至少要三个。
areas-found-not-closed = “{ $name }”的边界没有首尾相接，已自动接上。
areas-found-repeated-point = “{ $name }”的边界在 { $place } 有重复的点，不影响使用。
areas-found-crossing = “{ $name }”的边界在 { $place } 附近自己交叉了。请在地图软件里改好这一处。
areas-found-zero-area = “{ $name }”有一圈边界没有围出面积。请删去这一圈。
areas-found-hole-outside = “{ $name }”里挖空的部分在 { $place } 附近伸到了外面。
areas-found-parts-overlap = “{ $name }”自己的几块在 { $place } 附近重叠了 { $area } 平方米。
areas-found-overlap = “{ $name }”和“{ $other }”在 { $place } 附近重叠了 { $area } 平方米。
areas-found-gap = “{ $name }”在 { $place } 附近有 { $area } 平方米没有划进任何一个下级区域。
areas-found-sticks-out = “{ $name }”在 { $place } 附近有 { $area } 平方米伸到了“{ $parent }”外面。
areas-found-wrong-level = “{ $name }”在文件里标的是“{ $said }”，和您选的层级不一样。
areas-found-nothing-to-lie-in = 地图上还没有{ $level }，这些区域没有地方放。请先导入或画出{ $level }。
areas-found-unknown-parent = “{ $name }”写着属于“{ $said }”，地图上没有这个区域。
areas-found-outside-all = “{ $name }”（{ $place }）不在任何一个上级区域里面。
areas-found-same-code = “{ $name }”的编号 { $code } 和别的区域重复了。
areas-found-same-name = “{ $name }”这个名称在同一个上级区域里有重复。
areas-found-nameless = “{ $name }”没有名称。
areas-found-long-name = “{ $name }”的名称或编号太长了：名称最多 60 个字，编号最多 20 个字。
areas-found-left-behind = 重新划分后，“{ $name }”不在任何一个新网格里面。请先调整它，或者扩大新网格。

# 权限
act-areas-read = 看地图和网格
act-areas-edit = 画、改、导入、撤销区域
act-areas-staff-duties = 安排网格岗位
areas-preview-in-file = 文件里的区域（{ $n } 个）
