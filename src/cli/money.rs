//! Reads amounts of money and ranges of them on the command line, which need their unit: tables count in 亿元 in Chinese and in
//! billion yuan in English.

use super::command::Opt;
use crate::text;
use crate::text::Text;
use crate::units::{UnitKind, parse};

/// A budget, at least 0, in 亿元.
///
/// # Errors
/// What is wrong with it, and what to write instead.
pub fn budget(text: &str) -> Result<f64, Text> {
    money(text).ok_or_else(|| {
        unusable(
            Opt::Budget,
            text,
            &text!("（须写单位）", " (with its unit: bn is a billion yuan, 亿元 a tenth of it)"),
        )
    })
}

/// Bounds of an instrument's money, 亿元, written `instrument=low..high`; a lower one without a unit has that of the upper one.
///
/// # Errors
/// What is wrong with them, and what to write instead.
pub fn bound(text: &str) -> Result<(String, f64, f64), Text> {
    let unusable = || {
        let how = text!(
            "（工具的名称或编号，等号，下限，两个点，上限，须写单位）",
            " (NAME=LOW..HIGH with two dots and a unit: bn is a billion yuan, 亿元 a tenth of it)"
        );
        unusable(Opt::Bound, text, &how)
    };
    let parts = text.rsplit_once('=').and_then(|(id, range)| Some((id, range.split_once("..")?)));
    // a third point would be read as that of a decimal: 0...3 as 0 to .3
    let parts = parts.filter(|(_, (low, high))| !low.ends_with('.') && !high.starts_with('.'));
    let (id, (low, high)) = parts.ok_or_else(unusable)?;
    let unit = high.trim().trim_start_matches(|c: char| c.is_ascii_digit() || "+.,eE-".contains(c));
    let low = if low.trim().parse::<f64>().is_ok() { format!("{low}{unit}") } else { low.to_owned() };
    match (money(&low), money(high)) {
        (Some(from), Some(to)) if from > to => {
            let name = Opt::Bound.spec().long;
            Err(text!(
                "--{name} 的值“{text}”下限高于上限；请把小的写在前面",
                "in “{text}” of --{name} the least exceeds the most; write the smaller amount first"
            ))
        }
        (Some(low), Some(high)) if !id.trim().is_empty() => Ok((id.trim().to_owned(), low, high)),
        _ => Err(unusable()),
    }
}

/// Money with its unit, in 亿元; `None` for what is none, negative or not finite, and for numbers other than 0 without a unit.
fn money(text: &str) -> Option<f64> {
    let text = text.trim();
    match text.parse::<f64>() {
        Ok(number) => (number == 0.0).then_some(0.0),
        Err(_) => parse(text, UnitKind::Money).ok().filter(|amount| amount.is_finite() && *amount >= 0.0),
    }
}

/// The fault of a value that is not written as the option's example; `how` it is written follows.
fn unusable(opt: Opt, value: &str, how: &Text) -> Text {
    let (name, Text { zh: example_zh, en: example_en }) = (opt.spec().long, opt.spec().example());
    let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let (how_zh, how_en) = (&how.zh, &how.en);
    text!(
        "--{name} 的值“{value}”无效；例如 --{name} {example_zh}{how_zh}",
        "“{value}” is no value of --{name}; write --{name} {example_en}, say{how_en}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_as_they_are_meant_or_refused() {
        assert_eq!(bound("基金=20..60亿元"), Ok(("基金".to_owned(), 20.0, 60.0)));
        assert_eq!(bound("fund=2bn..6bn"), Ok(("fund".to_owned(), 20.0, 60.0)));
        assert_eq!(bound("fund=0.5..1.5亿元"), Ok(("fund".to_owned(), 0.5, 1.5)));
        for wrong in ["fund=0...3亿元", "fund=3...9亿元", "fund=20..60", "fund=20-60亿元", "=2..6bn", "fund"]
        {
            let fault = bound(wrong).expect_err(wrong);
            assert!(fault.zh.contains("须写单位") && fault.en.contains("亿元 a tenth of it"), "{fault:?}");
        }
        assert!(bound("fund=9..3亿元").expect_err("turned").zh.contains("下限高于上限"));
        assert!(budget("60").expect_err("no unit").en.contains("with its unit: bn"));
        // each language shows money as it counts it
        let fault = budget("80").expect_err("no unit");
        assert!(fault.zh.contains("--budget 80亿元") && fault.en.contains("--budget 8bn, say"), "{fault:?}");
        assert!(bound("fund").expect_err("no range").en.contains("--bound fund=2..6bn, say"));
        assert_eq!(budget("8bn"), Ok(80.0));
    }
}
