//! Single numbers of a quantity: unit, range, and the magnitudes that betray a wrong unit.

use super::family::FieldKind;
use super::node::{Node, Value};
use super::parameters::{Param, Range};
use crate::diag::{Diagnostic, Span, codes};
use crate::text;
use crate::text::{Lang, Text};
use crate::units::{self, UnitError, UnitKind};

/// What a quantity must obey: the columns of [`Param`] that concern numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The unit.
    pub unit: UnitKind,
    /// Whether a distribution is allowed.
    pub uncertain: bool,
    /// Allowed values, in the base unit.
    pub range: Option<Range>,
    /// Usual values, in the base unit.
    pub plausible: Option<(f64, f64)>,
}

impl Rule {
    /// The rule of a row, `None` if the row holds no quantity.
    pub fn of(param: &Param) -> Option<Self> {
        let unit = param.unit()?;
        Some(Self { unit, uncertain: param.uncertain, range: param.range, plausible: param.plausible })
    }
}

/// Reads one number in the base unit of its field; ranges of places are not judged here.
///
/// # Errors
/// A value that is no number, not finite, of a wrong unit, negative where a spread is asked for, or a fraction
/// above 1 written without `%`.
pub(super) fn read(node: &Node, rule: &Rule, kind: FieldKind) -> Result<f64, Box<Diagnostic>> {
    let dimensionless = matches!(kind, FieldKind::Sigma | FieldKind::Positive | FieldKind::Weights);
    let unit = if dimensionless { UnitKind::Number } else { rule.unit };
    let (value, bare) = match &node.value {
        Value::Integer(integer) => (*integer as f64, true),
        Value::Float(float) => (*float, true),
        Value::String(text) => match units::parse(text, unit) {
            Ok(value) => (value, text.trim().ends_with(|c: char| c.is_numeric() || c == '.')),
            Err(fault) => return Err(Box::new(unit_fault(&fault, node.span, unit))),
        },
        _ => {
            let ((zh, en), (unit_zh, unit_en)) = (node.type_name(), unit.name());
            let message =
                text!("这里要写数（{unit_zh}），现在是{zh}", "a number ({unit_en}) is expected, not {en}");
            return Err(Box::new(Diagnostic::error(codes::WRONG_TYPE, node.span, message)));
        }
    };
    if !value.is_finite() {
        let message = text!("数值必须是有限的数", "the number must be finite");
        let hint = text!(
            "写一个具体的数；拿不准就写成范围，如 \"4 to 5.5\"",
            "write a number, or a range such as \"4 to 5.5\" if it is uncertain"
        );
        return Err(Box::new(Diagnostic::error(codes::NOT_FINITE, node.span, message).hint(hint)));
    }
    if bare && looks_like_percent(value, unit, rule) {
        return Err(Box::new(percent_fault(value, unit, node.span)));
    }
    let allowed = match kind {
        FieldKind::Spread | FieldKind::Sigma | FieldKind::Weights => value >= 0.0,
        FieldKind::Positive => value > 0.0,
        FieldKind::Place | FieldKind::Places => true,
    };
    if allowed {
        return Ok(value);
    }
    let Text { zh, en } = units::shown(value, unit);
    let message = if kind == FieldKind::Positive {
        text!("这个参数必须大于 0，现在是 {zh}", "the field must be above 0, but is {en}")
    } else {
        text!("这个参数不能是负数，现在是 {zh}", "the field must not be negative, but is {en}")
    };
    Err(Box::new(Diagnostic::error(codes::OUT_OF_RANGE, node.span, message)))
}

/// Whether a bare number was probably meant in percent. Log points may exceed 1 where no usual values are stated
/// (log changes of single events).
fn looks_like_percent(value: f64, unit: UnitKind, rule: &Rule) -> bool {
    let fraction = match unit {
        UnitKind::Rate | UnitKind::Points | UnitKind::Share => true,
        UnitKind::Log | UnitKind::LogPoints => rule.plausible.is_some(),
        _ => false,
    };
    fraction && value.abs() > 1.0
}

fn percent_fault(value: f64, unit: UnitKind, span: Span) -> Diagnostic {
    let (meant, percent) = (units::shown(value / 100.0, unit), units::shown(value, unit));
    let (Text { zh: meant_zh, en: meant_en }, Text { zh: percent_zh, en: percent_en }) = (meant, percent);
    let message = text!(
        "没有写单位的 {value} 表示 {percent_zh}，可能不是本意",
        "without a unit {value} means {percent_en}, which is hardly meant"
    );
    Diagnostic::error(codes::OUT_OF_RANGE, span, message).hint(text!(
        "写成 \"{meant_zh}\"；确实是 {percent_zh} 就写 \"{percent_zh}\"",
        "write \"{meant_en}\", or \"{percent_en}\" if that is meant"
    ))
}

/// The diagnostic for a number with a unit that cannot be read.
pub(super) fn unit_fault(fault: &UnitError, span: Span, unit: UnitKind) -> Diagnostic {
    let code = match fault {
        UnitError::WrongKind { .. } | UnitError::UnknownUnit { .. } => codes::WRONG_UNIT,
        UnitError::NotFinite(_) => codes::NOT_FINITE,
        UnitError::Reversed => codes::REVERSED,
        UnitError::Empty | UnitError::NotANumber(_) | UnitError::Grouping(_) => codes::BAD_NUMBER,
    };
    Diagnostic::error(code, span, fault.message(unit)).hint(fault.hint(unit))
}

/// The fault of a value outside the rule's range.
pub(super) fn out_of_range(value: f64, node: &Node, rule: &Rule) -> Option<Diagnostic> {
    let range = rule.range.filter(|range| !range.contains(value))?;
    let Text { zh, en } = units::shown(value, rule.unit);
    let [allowed_zh, allowed_en] = [Lang::Zh, Lang::En].map(|lang| range.show_for(value, rule.unit, lang));
    let message = text!("{zh} 超出允许范围 {allowed_zh}", "{en} is outside the range {allowed_en}");
    let fault = Diagnostic::error(codes::OUT_OF_RANGE, node.span, message);
    let fraction = rule.unit.is_fraction();
    let bare = matches!(node.value, Value::Integer(_) | Value::Float(_));
    let percent = (fraction && bare && range.contains(value / 100.0)).then(|| {
        text!("是不是漏了百分号？写成 \"{value}%\"", "is the percent sign missing? write \"{value}%\"")
    });
    Some(fault.maybe_hint(percent))
}

/// A warning about a value that is usual only after multiplication or division by 10⁴, or not usual at all.
pub(super) fn doubtful(value: f64, node: &Node, rule: &Rule) -> Option<Diagnostic> {
    let (low, high) = rule.plausible?;
    let usual = |value: f64| low <= value.abs() && value.abs() <= high;
    let signed = low < 0.0 && low <= value && value <= high;
    if value == 0.0 || usual(value) || signed {
        return None;
    }
    let Text { zh, en } = units::shown(value, rule.unit);
    let other = [value / 1e4, value * 1e4].into_iter().find(|other| usual(*other));
    if let (UnitKind::Money, Some(other)) = (rule.unit, other) {
        let Text { zh: meant_zh, en: meant_en } = units::shown(other, rule.unit);
        let message = text!(
            "{zh} 的数量级可疑，差一万倍就正常了：是不是把万元和亿元弄混了？",
            "{en} is an unusual magnitude that a factor of 10,000 would explain: 万元 instead of 亿元?"
        );
        let hint =
            text!("如果是 {meant_zh}，写成 \"{meant_zh}\"", "if {meant_en} is meant, write \"{meant_en}\"");
        return Some(Diagnostic::warning(codes::MAGNITUDE, node.span, message).hint(hint));
    }
    let [Text { zh: low_zh, en: low_en }, Text { zh: high_zh, en: high_en }] =
        [low, high].map(|end| units::shown(end, rule.unit));
    let message = text!(
        "{zh} 很少见，通常在 {low_zh} 到 {high_zh} 之间",
        "{en} is unusual; usual are {low_en} to {high_en}"
    );
    Some(Diagnostic::warning(codes::IMPLAUSIBLE, node.span, message))
}
