//! The registry of diagnostic codes: stable names and a one-line meaning in both languages.

macro_rules! codes {
    ($($name:ident = $code:literal, $zh:literal, $en:literal;)*) => {
        $(#[doc = $en] pub const $name: &str = $code;)*
        /// All codes with their meaning: (code, Chinese, English), in ascending order.
        pub const ALL: &[(&str, &str, &str)] = &[$(($code, $zh, $en)),*];
    };
}

codes! {
    SYNTAX = "E0101", "TOML 语法错误", "The file is not valid TOML";
    TOO_DEEP = "E0102", "嵌套层数过多", "Tables or lists are nested too deeply";
    EMPTY_FILE = "E0103", "文件没有内容", "The file holds nothing";
    PARENT_UNREADABLE = "E0104", "extends 或 include 指向的文件读不了", "A file named by extends or include cannot be read";
    EXTENDS_CYCLE = "E0105", "extends 或 include 循环引用", "Files extend or include each other in a circle";
    TOO_MANY_FAULTS = "E0106", "语法错误太多，只列出前面的", "Too many syntax errors; only the first are listed";
    BAD_INCLUDE = "E0107", "include 的文件合不到一起", "Included files do not fit together";
    BAD_TABLE = "E0108", "表格文件读不了，或表头不对", "A table cannot be read, or its head is wrong";
    BAD_CELL = "E0109", "单元格不能用", "A cell cannot be used";
    UNKNOWN_KEY = "E0201", "不认识的键", "The key does not exist";
    WRONG_TYPE = "E0202", "值的类型不对", "The value has the wrong type";
    MISSING_KEY = "E0203", "缺少必填的键", "A required key is missing";
    DUPLICATE_ID = "E0204", "编号重复", "The same id occurs twice";
    BAD_ID = "E0205", "编号格式不对", "The id is malformed";
    RENAMED_KEY = "E0206", "键已改名", "The key has been renamed";
    KEY_CONFLICT = "E0207", "几个键不能同时写，或必须写其一", "Keys exclude each other, or one of several is required";
    BAD_REMOVE = "E0208", "remove 用错了地方", "There is nothing to remove";
    BAD_NUMBER = "E0301", "数值读不出来", "The number cannot be read";
    WRONG_UNIT = "E0302", "单位与这个键不符", "The unit does not fit the key";
    OUT_OF_RANGE = "E0303", "数值超出允许范围", "The number is outside its range";
    UNKNOWN_FAMILY = "E0304", "不认识的分布", "The distribution does not exist";
    FAMILY_FIELD = "E0305", "分布的参数不对", "A field of the distribution is missing, unknown or in conflict";
    NOT_FINITE = "E0306", "数值不是有限的数", "The number is not finite";
    PERCENTILES = "E0307", "分位数写法不对", "The percentiles cannot be used";
    REVERSED = "E0308", "上下限颠倒", "Bounds are reversed";
    BAD_GRADE = "E0309", "依据等级不对", "The grade of evidence does not exist";
    NOT_CERTAIN = "E0310", "这里只能写确定的数", "Only a plain number can stand here";
    BAD_CHOICE = "E0311", "不是可选的写法", "The word is not one of the choices";
    BAD_YEAR = "E0312", "年份不对", "The year is malformed or outside the period";
    UNKNOWN_REFERENCE = "E0401", "引用的编号不存在", "A reference to something that does not exist";
    UNKNOWN_SOURCE = "E0402", "引用的资料没有登记", "The source is not listed under `[sources]`";
    BAD_PATH = "E0403", "数值路径不对", "The quantity path leads nowhere";
    MEASURE_MIX = "E0404", "统计口径混用", "Unlike measures are compared or added";
    UNKNOWN_ENTRY = "E0405", "工具目录里没有这个条目", "The catalogue of instruments has no such entry";
    ENTRY_INCOMPLETE = "E0406", "目录条目还要情景写明一项", "A catalogue entry needs something that only the scenario can state";
    UNKNOWN_STATEMENT = "E0407", "cites 引用的编号不在文件清单里", "A cited id is not in the tables of the documents";
    BAD_SUM = "E0501", "各部分相加不对", "Parts do not add up";
    OVER_PROVINCE = "E0502", "市州合计超过全省", "The clusters exceed the province";
    BAD_CORRELATION = "E0503", "相关系数矩阵不是正定的", "A correlation matrix is not positive definite";
    BAD_DISTRIBUTION = "E0504", "分布的参数组合不成立", "The distribution's fields contradict each other";
    BAD_TARGET = "E0505", "目标写得不完整或自相矛盾", "A target is incomplete or contradicts itself";
    BAD_MODEL = "E0506", "模型设定自相矛盾", "The model contradicts itself";
    MAGNITUDE = "W0301", "数量级可疑，可能差一万倍", "The magnitude is doubtful: perhaps a factor of 10,000";
    IMPLAUSIBLE = "W0302", "数值少见，请核对", "The number is unusual";
    NO_SOURCE = "W0401", "数值没有注明出处", "A number has no source";
    UNUSED = "W0402", "写了但没有用到", "Written but never used";
    DOUBTFUL = "W0501", "设定少见，请核对", "An unusual setting";
}

/// The meaning of `code` as (Chinese, English).
pub fn meaning(code: &str) -> Option<(&'static str, &'static str)> {
    ALL.iter().find(|(c, ..)| *c == code).map(|&(_, zh, en)| (zh, en))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_ascend_and_mean_something_in_both_languages() {
        assert!(ALL.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(ALL.iter().all(|(_, zh, en)| !zh.is_ascii() && en.is_ascii() && !en.is_empty()));
        assert!(meaning(UNKNOWN_KEY).is_some() && meaning("E9999").is_none());
    }
}
