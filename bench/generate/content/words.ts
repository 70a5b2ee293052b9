/** Word lists that the invented disclosures are composed of. Real kinds of names, invented combinations. */
export interface DepartmentWords {
  readonly name: string
  readonly stems: readonly string[]
  readonly branches: readonly string[]
  /** Beginnings of the functional codes that such a department spends under. */
  readonly functions: readonly string[]
}

export const DEPARTMENTS: readonly DepartmentWords[] = [
  {
    name: '教育局',
    stems: ['义务教育均衡', '校园安全', '教师培训', '智慧课堂', '学生营养改善', '教学设备更新'],
    branches: ['第一中学', '实验小学', '教师进修学校', '中心幼儿园', '招生考试中心', '特殊教育学校'],
    functions: ['20501', '20502', '20503', '20507', '20508'],
  },
  {
    name: '卫生健康局',
    stems: ['基本公共卫生', '基层医疗能力', '重大疾病防控', '健康信息化', '妇幼健康', '卫生监督执法'],
    branches: ['人民医院', '中医医院', '疾病预防控制中心', '妇幼保健院', '急救中心'],
    functions: ['21001', '21002', '21003', '21004', '21011'],
  },
  {
    name: '农业农村局',
    stems: ['高标准农田', '动物疫病防控', '农产品质量安全', '农村人居环境', '耕地保护', '种业振兴'],
    branches: ['农业技术推广中心', '畜牧兽医站', '农机安全监理站', '水产站'],
    functions: ['21301', '21303', '21305'],
  },
  {
    name: '公安局',
    stems: ['警用装备', '视频监控', '执法规范化', '道路交通安全', '反诈宣传', '看守所保障'],
    branches: ['交通管理大队', '看守所', '巡特警大队', '城关派出所'],
    functions: ['20402'],
  },
  {
    name: '住房和城乡建设局',
    stems: ['老旧小区改造', '市政设施维护', '城市内涝治理', '房屋安全鉴定', '燃气安全检查'],
    branches: ['市政工程管理处', '房产交易中心', '工程质量监督站', '园林绿化中心'],
    functions: ['21201', '21203', '21205', '22101'],
  },
  {
    name: '文化和旅游局',
    stems: ['公共文化服务', '文物保护', '全域旅游', '图书馆免费开放', '非遗传承', '文化市场执法'],
    branches: ['图书馆', '文化馆', '博物馆', '美术馆'],
    functions: ['20701', '20702', '20799'],
  },
  {
    name: '人力资源和社会保障局',
    stems: ['就业创业', '社会保险经办', '劳动监察', '职业技能提升', '人事考试'],
    branches: ['社会保险服务中心', '公共就业服务中心', '劳动人事争议仲裁院'],
    functions: ['20801', '20807', '20899'],
  },
  {
    name: '民政局',
    stems: ['养老服务', '低保核查', '殡葬改革', '社区治理', '未成年人保护'],
    branches: ['社会福利院', '救助管理站', '殡仪馆', '婚姻登记中心'],
    functions: ['20802', '20810', '20811', '20820'],
  },
  {
    name: '市场监督管理局',
    stems: ['食品抽检', '特种设备安全', '计量检定', '药品安全', '商事制度改革'],
    branches: ['食品药品检验所', '综合行政执法大队', '个体私营经济服务中心'],
    functions: ['20138'],
  },
  {
    name: '人民法院',
    stems: ['审判业务', '智慧法院', '执行办案', '诉讼服务', '法庭运行'],
    branches: ['城东人民法庭', '机关服务中心'],
    functions: ['20405'],
  },
  {
    name: '城市管理执法局',
    stems: ['环卫作业', '垃圾分类', '数字城管', '违建治理', '公厕管护'],
    branches: ['环境卫生管理所', '数字化城市管理中心', '执法大队'],
    functions: ['21201', '21205', '21299'],
  },
  {
    name: '人民政府办公室',
    stems: ['政务公开', '会务保障', '机关后勤', '信息宣传', '应急值守'],
    branches: ['机关事务服务中心', '政务服务中心', '史志研究中心'],
    functions: ['20103', '20199'],
  },
]

export const PROJECT_TAILS: readonly string[] = [
  '专项经费',
  '项目',
  '工作经费',
  '补助资金',
  '运行维护费',
  '建设项目（二期）',
  '（2023年结转）',
  '能力提升工程',
  '购买服务',
  '设备购置',
  '保障经费',
  '试点',
]

export const OFFICE_PROJECTS: readonly string[] = [
  '公用经费',
  '日常办公经费',
  '机关运行经费',
  '人员及公用支出',
  '办公设备购置',
]

/** Units of measure; the last ones stand in no list of units. */
export const UNITS: readonly string[] =
  '台 套 项 批 个 件 辆 张 把 箱 册 次 年 月 平方米 本 组 份 间 人次 公里 吨 米 只'.split(' ')

export const FUND_SOURCES: readonly (readonly string[])[] = [
  ['预算安排', '上级专项'],
  ['一般公共预算', '政府性基金预算', '其他资金'],
  ['财政拨款', '单位自有资金'],
  ['一般公共预算拨款', '财政专户管理资金', '事业收入'],
  ['本年拨款', '上年结转'],
  ['本级财力', '上级转移支付', '债券资金'],
  ['年初预算', '非税收入安排'],
]

export const FUND_NATURES: readonly (readonly string[])[] = [
  ['经费拨款补助', '非税收入拨款'],
  ['经费拨款', '专项收入'],
  ['公共财政预算', '纳入预算管理的非税收入'],
]

/** Ways of buying: a column that the output has no field for. */
export const METHODS: readonly string[] = ['公开招标', '竞争性磋商', '单一来源', '询价', '框架协议采购', '电子卖场']

export const ECONOMIC_FOR_GOODS: readonly string[] = [
  '30201',
  '30218',
  '31002',
  '31003',
  '31007',
  '31099',
  '30902',
  '30903',
]
export const ECONOMIC_FOR_WORKS: readonly string[] = ['30213', '31005', '31006', '30906', '30905']
export const ECONOMIC_FOR_SERVICES: readonly string[] = [
  '30202',
  '30203',
  '30207',
  '30209',
  '30213',
  '30214',
  '30215',
  '30216',
  '30226',
  '30227',
  '30299',
]

/** Codes that many offices buy under; drawn more often than the long tail of the catalogue. */
export const COMMON_ITEMS: readonly string[] = [
  'A020101',
  'A020210',
  'A020204',
  'A020211',
  'A020618',
  'A020911',
  'A050102',
  'A050103',
  'A050401',
  'A080603',
  'B0801',
  'C0504',
  'C0206',
  'C1603',
  'C1607',
  'C1608',
  'C1701',
  'C2002',
  'C2003',
  'C2104',
  'C2303',
  'C2309',
  'C2315',
]

export const SERVICE_CONTENTS: readonly string[] = [
  '委托第三方实施',
  '年度技术支持',
  '现场服务外包',
  '专题调研',
  '资料编印',
  '驻场运维',
  '抽样检测',
  '项目监理',
]

/** Functional codes in use that our own list lacks: a code that nobody knows must still be read. */
export const UNLISTED_FUNCTIONS: readonly (readonly [string, string])[] = [
  ['2010308', '信访事务'],
  ['2240109', '应急管理'],
  ['2130152', '对高校毕业生到基层任职补助'],
]
