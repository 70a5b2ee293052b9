/** What went wrong and what to do about it: the texts of ERROR_KINDS. */
export const CHINESE_ERRORS = {
  'there is no such file or folder': '没有这个文件或文件夹',
  'Check the path.': '请检查路径。',
  'the folder holds no PDF': '文件夹中没有 PDF',
  'Name a PDF file, a folder that holds some, or a manifest CSV with a column "path".':
    '请指定 PDF 文件、含有 PDF 的文件夹，或带有“path”列的清单 CSV。',
  'the manifest cannot be read as CSV with a column "path" or "url"': '清单无法按带有“path”或“url”列的 CSV 读取',
  'Give the manifest a header row with a column named path or url; publisher, fiscal_year, district, department and sha256 are optional.':
    '清单须有表头，并有名为 path 或 url 的列；publisher、fiscal_year、district、department 和 sha256 可有可无。',
  'the address is not one of http or https': '网址不是 http 或 https 的',
  'Give a whole address that begins with http:// or https://.': '请写出以 http:// 或 https:// 开头的完整网址。',
  'the address leads into a private net': '该网址指向内部网络',
  'If that is meant, allow it with --allow-private-addresses.': '如确有此意，请加上 --allow-private-addresses。',
  'the document could not be downloaded': '文件未能下载',
  'Look at the address in a browser; run again, and what was received already is not fetched again.':
    '请在浏览器中查看该网址；再次运行时，已收到的部分不会重新下载。',
  'the download is larger than the limit': '下载的文件超过大小上限',
  'Raise the limit with GONGKAI_MAX_FILE_MIB.': '请用 GONGKAI_MAX_FILE_MIB 提高上限。',
  'the content is not what the manifest says it is': '内容与清单所记不符',
  'Look at the file, and correct the sha256 in the manifest or fetch the document from another place.':
    '请查看该文件，更正清单中的 sha256，或从别处取得文件。',
  'the file could not be read': '文件无法读取',
  'Check permissions and disk.': '请检查权限和磁盘。',
  'the file has no bytes': '文件是空的',
  'Download it again.': '请重新下载。',
  'the file is not a PDF': '文件不是 PDF',
  'Open it and save it as PDF; a web page saved as .pdf is a common cause.':
    '请打开它并另存为 PDF；常见的原因是把网页存成了 .pdf。',
  'the file wants a password': '文件需要密码',
  'Save a copy without the password and ingest that.': '请另存一份没有密码的副本再处理。',
  'the PDF is damaged beyond repair': 'PDF 已损坏，无法修复',
  'Download it again, or try to repair it (for example with qpdf).': '请重新下载，或尝试修复（例如用 qpdf）。',
  'the PDF has no pages': 'PDF 没有页面',
  'the file is larger than the limit': '文件超过大小上限',
  'Split it, or raise the limit with GONGKAI_MAX_FILE_MIB.': '请拆分文件，或用 GONGKAI_MAX_FILE_MIB 提高上限。',
  'the PDF has more pages than the limit': 'PDF 的页数超过上限',
  'Choose some with --pages, or raise the limit with GONGKAI_MAX_PAGES.':
    '请用 --pages 选取部分页，或用 GONGKAI_MAX_PAGES 提高上限。',
  'the PDF has none of the pages asked for': 'PDF 中没有所要的页',
  'Choose pages that it has with --pages.': '请用 --pages 选取存在的页。',
  'the file changed while it was being read': '文件在读取过程中被改动',
  'Ingest it again.': '请重新处理。',
  'the work on the document was begun and has not ended': '该文件的处理已经开始，尚未结束',
  'Run the same command again; it goes on where it stopped.': '请再次运行同一命令，它会从中断处继续。',
  'the document took longer to open or to put together than the limit and was stopped':
    '打开或汇总该文件超过时限，已停止',
  'Run again; raise the limit with GONGKAI_PAGE_TIMEOUT_S on a slow machine.':
    '请再次运行；机器较慢时用 GONGKAI_PAGE_TIMEOUT_S 提高时限。',
  'the document used more memory to open or to put together than the limit and was stopped':
    '打开或汇总该文件所用内存超过上限，已停止',
  'Run again with fewer --jobs, or raise the limit with GONGKAI_PAGE_MEMORY_MIB.':
    '请减小 --jobs 再次运行，或用 GONGKAI_PAGE_MEMORY_MIB 提高上限。',
  'the process that opened the document or put it together died': '打开或汇总该文件的进程意外退出',
  'Run again; if it happens again, report the document.': '请再次运行；如仍出现，请报告该文件。',
  'the page could not be opened': '该页无法打开',
  'Look at the page in a viewer; the other pages are not touched by this.': '请用阅读器查看该页；其他页不受影响。',
  'a picture that is the page, or that may hold a table, cannot be decoded, or its data end early':
    '构成该页或可能含有表格的图像无法解码，或数据不完整',
  'Download the file again; if a viewer shows the page, print it to a new PDF and ingest that.':
    '请重新下载文件；如阅读器能显示该页，请打印成新的 PDF 再处理。',
  'the page has more pixels or objects than the limit': '该页的像素或对象超过上限',
  'Scan it again at 200 to 300 dpi.': '请以 200 至 300 dpi 重新扫描。',
  'the page took longer than the limit and was stopped': '该页的处理超过时限，已停止',
  'the page used more memory than the limit and was stopped': '该页所用内存超过上限，已停止',
  'the process that read the page died': '读取该页的进程意外退出',
  'the document had used up its time on pages that gave nothing': '该文件的时间已用在没有结果的页面上',
  'Have the pages tried that were left: gongkai retry --code page/not-tried, then gongkai ingest again.':
    '要读取余下的页：先运行 gongkai retry --code page/not-tried，再运行 gongkai ingest。',
  'a reader failed on the page': '识别引擎处理该页时失败',
  'Run again.': '请再次运行。',
  'no OCR engine could be loaded': '没有可用的识别引擎',
  'Install again with npm ci; tesseract.js and its language data come with the package.':
    '请用 npm ci 重新安装；tesseract.js 及其语言数据随软件包提供。',
  'the dictionaries that come with gongkai cannot be read': '随 gongkai 提供的词典无法读取',
  'Install again; after an edit of your own run npm run check:dictionaries -- --update.':
    '请重新安装；如自行改过词典，请运行 npm run check:dictionaries -- --update。',
  'the output folder cannot be written': '输出文件夹无法写入',
  'Let the user that runs gongkai write there (in a container: the user node, number 1000, and a volume not mounted read-only), free some disk space, or choose another folder with --out; a second run resumes.':
    '请让运行 gongkai 的用户能写入该处（在容器中为用户 node，编号 1000，且卷不能以只读方式挂载），或腾出磁盘空间，或用 --out 另选文件夹；再次运行会继续。',
  'the folder holds no results of gongkai': '文件夹中没有 gongkai 的结果',
  'Name the folder that was given to ingest with --out.': '请指定 ingest 时 --out 所用的文件夹。',
  'the database of the store cannot be used': '数据库无法使用',
  'Start PostgreSQL or check the address given with --store; the same command then goes on where it stopped.':
    '请启动 PostgreSQL 或检查 --store 的地址；之后同一命令会从中断处继续。',
  'the place of the artefacts cannot be used': '存放页面结果的位置无法使用',
  'Check the folder or bucket given with --artefacts and, for S3, the keys and address in the environment (AWS_…); the same command then goes on where it stopped.':
    '请检查 --artefacts 所指的文件夹或存储桶；用 S3 时还须检查环境变量（AWS_…）中的密钥和地址；之后同一命令会从中断处继续。',
  'the queue cannot be reached': '无法连接任务队列',
  'Start Redis or check the address given with --queue; the same command then goes on where it stopped.':
    '请启动 Redis 或检查 --queue 的地址；之后同一命令会从中断处继续。',
} as const
