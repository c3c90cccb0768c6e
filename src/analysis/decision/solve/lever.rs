//! What is turned to reach a wanted probability: a lever of the policy, the growth of the nation or of an industry.

use super::info::{LeverInfo, Turn, Unit};
use super::scale::Scale;
use crate::analysis::AnalysisError;
use crate::analysis::decision::Goal;
use crate::analysis::reach::movers;
use crate::analysis::results::Named;
use crate::analysis::summarise::quantity_name;
use crate::diag::Span;
use crate::model::{Change, Industry, Model, Operation, Policy, QuantityId, World};
use crate::random::Distribution;
use crate::scenario::parameters::{Range, quantity_param};
use crate::text;
use crate::text::Text;
use crate::units::UnitKind;

/// How far a number without a practical limit is searched, as a multiple of what it is now.
const FARTHEST: f64 = 100.0;
/// The least and the greatest shift of trend growth that are searched, as fractions a year.
const GROWTH: (f64, f64) = (-0.1, 0.3);
/// A range wider than this many times the present value is searched in steps that grow with the value.
const WIDE: f64 = 20.0;

/// A lever that moves quantities.
pub(super) struct Lever {
    pub info: LeverInfo,
    pub scale: Scale,
    /// What the policy at hand has now; `None` if the quantity is not stated.
    pub present: Option<f64>,
    quantities: Vec<(QuantityId, Span)>,
    of_world: bool,
}

impl Lever {
    /// The lever called `id` under `policy` in `world`: `growth`, `growth.<industry>`, `money`, the path of a quantity
    /// of an instrument in force, or a pattern of such paths with `*`. Instruments that cannot move the goal are no part
    /// of it.
    ///
    /// # Errors
    /// [`AnalysisError::Refused`] with what can be written instead.
    pub fn of(
        model: &Model,
        goal: &Goal,
        policy: &Policy,
        world: &World,
        id: &str,
    ) -> Result<Self, AnalysisError> {
        let mut laws = model.quantities.distributions();
        crate::model::apply(&mut laws, &world.changes);
        crate::model::apply(&mut laws, &policy.changes);
        let movers = movers(model, &goal.targets(model));
        let at = At { model, goal, policy, laws: &laws, movers };
        match id.split_once('.') {
            None if id == "growth" => at.growth(id, None),
            Some(("growth", industry)) => at.growth(id, Some(industry)),
            None if id == "money" => {
                let money = ["instrument.*.money.*", "instrument.*.projects.signed.*"];
                let found: Vec<QuantityId> = money.iter().flat_map(|pattern| at.in_force(pattern)).collect();
                if found.is_empty() {
                    return Err(at.no_money());
                }
                let all_count = policy.instruments.iter().all(|&index| at.movers[index]);
                let name = match all_count {
                    true => text!("全部财政资金与签约额", "all public money and signed investment"),
                    false => text!(
                        "能影响本目标的全部财政资金与签约额",
                        "all public money and signed investment that can move the target"
                    ),
                };
                at.scaled(id, found, name)
            }
            _ if id.contains('*') => {
                let found = at.in_force(id);
                let name = found.first().map(|&first| at.common_name(first)).unwrap_or_default();
                at.scaled(id, found, name)
            }
            _ => match model.instruments_called(id)[..] {
                [] => at.set(id),
                [instrument] => at.money_of(id, instrument),
                ref several => Err(AnalysisError::AmbiguousInstrument {
                    name: id.to_owned(),
                    ids: several.iter().map(|&index| model.instruments[index].id.clone()).collect(),
                }),
            },
        }
    }

    /// Whether it moves the world instead of the policy.
    pub fn moves_world(&self) -> bool {
        self.of_world
    }

    /// The policy and the world with the lever at `value`.
    pub fn turned(&self, value: f64, policy: &Policy, world: &World) -> (Policy, World) {
        let (mut policy, mut world) = (policy.clone(), world.clone());
        let changes = if self.of_world { &mut world.changes } else { &mut policy.changes };
        for &(quantity, span) in &self.quantities {
            let operation = match self.info.turn {
                // every value that the search tries is finite
                Turn::Set | Turn::Year => match Distribution::point(value) {
                    Ok(law) => Operation::Set(law),
                    Err(_) => continue,
                },
                Turn::Scale => Operation::Scale(value),
                Turn::Shift => Operation::Shift(value),
            };
            changes.push(Change { quantity, operation, provenance: None, span });
        }
        (policy, world)
    }
}

/// The policy and world in which a lever is looked for.
pub(super) struct At<'a> {
    pub(super) model: &'a Model,
    pub(super) goal: &'a Goal,
    pub(super) policy: &'a Policy,
    laws: &'a [Option<Distribution>],
    /// For every instrument whether it can move the goal.
    pub(super) movers: Vec<bool>,
}

impl At<'_> {
    pub(super) fn name(&self, id: QuantityId) -> Text {
        quantity_name(self.model, self.path(id))
    }

    pub(super) fn path(&self, id: QuantityId) -> &str {
        &self.model.quantities.get(id).path
    }

    fn law(&self, id: QuantityId) -> Option<&Distribution> {
        self.model.quantities.law(self.laws, id)
    }

    /// The instrument of the policy that a path belongs to, as index into the model.
    pub(super) fn instrument_of(&self, path: &str) -> Option<usize> {
        let id = path.split('.').nth(1);
        let mut own = self.policy.instruments.iter().copied();
        own.find(|&index| Some(self.model.instruments[index].id.as_str()) == id)
    }

    /// Stated quantities of instruments in force that match and can move the goal.
    pub(super) fn in_force(&self, pattern: &str) -> Vec<QuantityId> {
        let mut found = self.model.quantities.matching(pattern);
        found.retain(|&id| {
            let path = self.path(id);
            path.starts_with("instrument.")
                && self.instrument_of(path).is_some_and(|index| self.movers[index])
                && self.model.quantities.get(id).stated
                && self.law(id).is_some()
        });
        found
    }

    /// The key's meaning without the instrument: what all matches of a pattern have in common.
    fn common_name(&self, id: QuantityId) -> Text {
        let name = quantity_name(self.model, self.path(id));
        let last =
            |text: &str, mark: &str| text.split_once(mark).map_or(text, |(_, key)| key).trim().to_owned();
        let (zh, en) = (last(&name.zh, "："), last(&name.en, ":"));
        text!("各项政策工具的{zh}", "{en}, all instruments")
    }

    fn growth(&self, id: &str, industry: Option<&str>) -> Result<Lever, AnalysisError> {
        let model = self.model;
        let (quantities, name) = match industry {
            None if self.law(model.nation.trend).is_some() => {
                (vec![model.nation.trend], text!("全国趋势增速", "national trend growth"))
            }
            None => (
                model.industries.iter().map(|industry| industry.growth).collect(),
                text!("各行业趋势增速", "trend growth of every industry"),
            ),
            Some(wanted) => {
                let Some(found) = model.industries.iter().find(|industry| industry.id == wanted) else {
                    let named =
                        |industry: &Industry| Named { id: industry.id.clone(), name: industry.name.clone() };
                    return Err(AnalysisError::UnknownIndustry {
                        id: wanted.to_owned(),
                        known: model.industries.iter().map(named).collect(),
                    });
                };
                let (zh, en) = (&found.name.zh, &found.name.en);
                (vec![found.growth], text!("{zh}的趋势增速", "trend growth of {en}"))
            }
        };
        // no segment may come to −100 % a year in any trial
        let floor = |id: QuantityId| self.law(id).map_or(0.0, |law| law.extremes().0);
        let slowest = model.clusters.iter().flat_map(|cluster| {
            cluster.mix.iter().map(move |&(industry, _)| {
                let further = cluster.industry_premium.iter().filter(move |(s, _)| *s == industry);
                floor(model.nation.trend)
                    + floor(model.industries[industry].growth)
                    + floor(model.provinces[cluster.province].premium)
                    + floor(cluster.premium)
                    + further.map(|(_, q)| floor(*q)).sum::<f64>()
            })
        });
        let slowest = slowest.fold(0.0, f64::min);
        let low = GROWTH.0.max((-0.99 - slowest).min(0.0));
        Ok(self.lever(id, name, (Unit::Growth, Turn::Shift), quantities, (low, GROWTH.1), Some(0.0), true))
    }

    pub(super) fn scaled(
        &self,
        id: &str,
        quantities: Vec<QuantityId>,
        name: Text,
    ) -> Result<Lever, AnalysisError> {
        if quantities.is_empty() {
            let Text { zh: policy_zh, en: policy_en } = &self.policy.name;
            let what = text!(
                "方案“{policy_zh}”里能影响本目标的政策工具没有与“{id}”相符的数值",
                "no number of the instruments of the policy \"{policy_en}\" that can move this target matches `{id}`"
            );
            return Err(refused(&what, &self.hint(id)));
        }
        for &quantity in &quantities {
            self.check(self.path(quantity))?;
        }
        let (mut low, mut high) = (0.0_f64, FARTHEST);
        for &quantity in &quantities {
            let Some(law) = self.law(quantity) else { continue };
            let range = self.range(quantity);
            let (least, most) = law.extremes();
            if most > 0.0 && range.high.is_finite() {
                high = high.min(inside(range, range.high) / most);
            }
            if least > 0.0 && (range.low > 0.0 || !range.low_closed) {
                low = low.max(inside(range, range.low) / least);
            }
            if least < 0.0 {
                high = high.min(range.low / least);
            }
        }
        // what the scenario states is always within the range that it states
        let (low, high) = (low.min(1.0), high.max(1.0));
        let kind = (Unit::Factor, Turn::Scale);
        Ok(self.lever(id, name, kind, quantities, (low, high), Some(1.0), false))
    }

    pub(super) fn set(&self, path: &str) -> Result<Lever, AnalysisError> {
        let Some(id) = self.model.quantities.find(path) else {
            return Err(refused(
                &text!("没有可以调整的数值“{path}”", "there is no number `{path}` to turn"),
                &self.hint(path),
            ));
        };
        if !path.starts_with("instrument.") {
            let name = self.name(id);
            let (zh, en) = (&name.zh, &name.en);
            let what =
                text!("“{zh}”（{path}）不由政策决定", "\"{en}\" ({path}) is not for a policy to decide");
            let hint = text!(
                "政策能定的是 instrument.… 下的数值；要问增速需要提高多少，写 --lever growth",
                "a policy decides numbers below instrument.…; for the growth that is needed write --lever growth"
            );
            return Err(refused(&what, &hint));
        }
        self.check(path)?;
        let Some(instrument) = self.instrument_of(path) else {
            let instrument = path.split('.').nth(1).unwrap_or_default();
            let having = self.model.policies.iter().filter(|policy| {
                policy.instruments.iter().any(|&index| self.model.instruments[index].id == instrument)
            });
            let having: Vec<&str> = having.map(|policy| policy.id.as_str()).collect();
            let Text { zh: policy_zh, en: policy_en } = &self.policy.name;
            let name = self.name(id);
            let (zh, en) = (&name.zh, &name.en);
            let what = text!(
                "方案“{policy_zh}”不含这项政策工具，调整“{zh}”不起作用",
                "the policy \"{policy_en}\" lacks this instrument: turning \"{en}\" has no effect"
            );
            let (zh, en) = (having.join("、"), having.join(", "));
            let hint = match having.is_empty() {
                true => text!("没有方案含有它", "no policy has it"),
                false => text!("含有它的方案：--policy {zh}", "policies that have it: --policy {en}"),
            };
            return Err(refused(&what, &hint));
        };
        if !self.movers[instrument] {
            return Err(self.unmoved(instrument));
        }
        let range = self.range(id);
        let present = self.law(id).map(Distribution::median);
        let ceiling = present.filter(|p| *p > 0.0).map_or(range.high, |p| (FARTHEST * p).max(1.0));
        let usual = quantity_param(path).and_then(|param| param.plausible).map(|(_, high)| high);
        let high = usual.unwrap_or(ceiling).min(inside(range, range.high));
        let low = inside(range, range.low).max(present.map_or(0.0, |p| (-FARTHEST * p.abs()).min(0.0)));
        let (low, high) = self.ordered_ramp(path, (low, high));
        let unit = match self.model.quantities.get(id).unit {
            UnitKind::Money => Unit::Money,
            UnitKind::Share | UnitKind::Rate | UnitKind::Log => Unit::Share,
            UnitKind::Points | UnitKind::LogPoints => Unit::Points,
            UnitKind::Years => Unit::Years,
            UnitKind::Number | UnitKind::Figure | UnitKind::PerYear | UnitKind::Year | UnitKind::Count => {
                Unit::Number
            }
        };
        let name = quantity_name(self.model, path);
        Ok(self.lever(path, name, (unit, Turn::Set), vec![id], (low, high), present, false))
    }

    /// Levers that cannot move alone.
    fn check(&self, path: &str) -> Result<(), AnalysisError> {
        if path.contains(".allocation.") {
            return Err(refused(
                &text!(
                    "{path} 是资金分配比例，不能单独调整",
                    "{path} is a share of an allocation and cannot move alone"
                ),
                &text!(
                    "各集群的比例合计必须为 100%；分配的优化另用 optimise",
                    "shares add up to 100 %; to choose them, see optimise"
                ),
            ));
        }
        Ok(())
    }

    /// Output cannot be complete before it begins.
    fn ordered_ramp(&self, path: &str, (low, high): (f64, f64)) -> (f64, f64) {
        let extremes = |path: String| {
            self.model.quantities.find(&path).and_then(|id| self.law(id)).map(Distribution::extremes)
        };
        if let Some(stem) = path.strip_suffix(".online_after") {
            return (low, extremes(format!("{stem}.full_after")).map_or(high, |(least, _)| high.min(least)));
        }
        if let Some(stem) = path.strip_suffix(".full_after") {
            return (extremes(format!("{stem}.online_after")).map_or(low, |(_, most)| low.max(most)), high);
        }
        (low, high)
    }

    fn range(&self, id: QuantityId) -> Range {
        self.model.quantities.get(id).range.unwrap_or(Range::closed(f64::NEG_INFINITY, f64::INFINITY))
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a lever, each used once")]
    fn lever(
        &self,
        id: &str,
        name: Text,
        (unit, turn): (Unit, Turn),
        quantities: Vec<QuantityId>,
        (low, high): (f64, f64),
        present: Option<f64>,
        of_world: bool,
    ) -> Lever {
        let size = present.map_or(1.0, f64::abs);
        let wide = !of_world && (size == 0.0 || high - low > WIDE * size);
        let step = if size > 0.0 { size / 4.0 } else { 1.0 };
        let uncertain = |id: &QuantityId| self.law(*id).is_some_and(|law| !law.is_point());
        Lever {
            info: LeverInfo {
                id: id.to_owned(),
                name,
                unit,
                turn,
                quantities: quantities.iter().map(|&id| self.path(id).to_owned()).collect(),
                names: quantities.iter().map(|&id| self.name(id)).collect(),
                low,
                high,
                was_uncertain: turn == Turn::Set && quantities.iter().any(uncertain),
                spent_until: self.spent_until(&quantities),
            },
            scale: if wide { Scale::growing(low, high, step) } else { Scale::even(low, high) },
            present,
            quantities: quantities.iter().map(|&id| (id, self.model.quantities.get(id).span)).collect(),
            of_world,
        }
    }
}

/// The end of a range, or a value just within it where the end itself is not allowed.
fn inside(range: Range, end: f64) -> f64 {
    let width = (range.high - range.low).min(1.0);
    if range.contains(end) || !end.is_finite() {
        end
    } else if end == range.low {
        end + 1e-3 * width
    } else {
        end - 1e-3 * width
    }
}

/// The error of a lever that cannot be turned.
pub(super) fn refused(what: &Text, hint: &Text) -> AnalysisError {
    AnalysisError::Refused(Text::new(
        format!("{}；{}", what.zh, hint.zh),
        format!("{}; {}", what.en, hint.en),
    ))
}
