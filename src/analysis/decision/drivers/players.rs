//! Who shares the variance: a partition of everything that is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::theme::{CYCLE_TAILS, Theme};
use crate::analysis::results::Named;
use crate::kernel::Renewed;
use crate::model::Model;
use crate::plan::Plan;
use crate::scenario::Grade;
use crate::stats::shapley::{Coalition, everyone};
use crate::text::Text;

/// The part of the thing drawn under a name, if any.
type PlayerOf = dyn Fn(&str) -> Option<usize> + Send + Sync;

/// A partition of everything that is drawn; a coalition has bit i for player i.
#[derive(Clone)]
pub struct Players {
    /// The parts.
    pub players: Vec<Player>,
    /// Whether quantities of different parts depend on each other.
    pub dependent: bool,
    /// The parts that are looked at.
    all: Coalition,
    /// Part of the thing drawn under a name.
    of: Arc<PlayerOf>,
}

/// One part.
#[derive(Clone, Debug, PartialEq)]
pub struct Player {
    /// Identifier and name.
    pub named: Named,
    /// Whether it consists of yearly shocks and fates rather than quantities.
    pub shock: bool,
    /// Number of uncertain quantities in it.
    pub quantities: usize,
}

impl Players {
    /// By theme. Families of cycles that are correlated with each other form one part: their shocks cannot be told apart.
    pub fn by_theme(plan: &Plan) -> Self {
        let cycle = |&index: &usize| Theme::of(&format!("{}/cycle", plan.cycles.names[index]));
        let correlated: BTreeSet<Theme> = plan.cycles.correlated.iter().map(cycle).collect();
        let tails = correlated.first().copied();
        let theme_of = move |name: &str| match tails {
            Some(theme) if name == CYCLE_TAILS => theme,
            _ => Theme::of(name),
        };
        let joined = move |theme: Theme| match tails {
            Some(first) if correlated.contains(&theme) => first,
            _ => theme,
        };
        let mut themes: BTreeMap<Theme, (usize, Vec<Theme>)> = BTreeMap::new();
        let mut count = |theme: Theme, quantities: usize| {
            let (total, names) = themes.entry(joined(theme)).or_default();
            *total += quantities;
            if !names.contains(&theme) {
                names.push(theme);
            }
        };
        plan.scores.iter().for_each(|score| count(theme_of(&score.name), 1));
        Theme::ALL.into_iter().filter(|theme| theme.is_shock()).for_each(|theme| count(theme, 0));
        let players = themes.values().map(|(quantities, themes)| {
            let names: Vec<Named> = themes.iter().map(|theme| theme.named()).collect();
            let join =
                |part: &dyn Fn(&Named) -> &str, by: &str| names.iter().map(part).collect::<Vec<_>>().join(by);
            Player {
                named: Named {
                    id: join(&|named| &named.id, "+"),
                    name: Text::new(join(&|named| &named.name.zh, "、"), join(&|named| &named.name.en, ", ")),
                },
                shock: themes.iter().all(|theme| theme.is_shock()),
                quantities: *quantities,
            }
        });
        let players: Vec<Player> = players.collect();
        let keys: Vec<Theme> = themes.keys().copied().collect();
        Self::new(plan, players, move |name| keys.binary_search(&joined(theme_of(name))).ok())
    }

    /// By grade of evidence, the best founded first; all shocks are one more part.
    pub fn by_grade(model: &Model, plan: &Plan) -> Self {
        let grade = |path: &str| {
            let quantity = model.quantities.find(path).map(|id| model.quantities.get(id));
            quantity.and_then(|quantity| quantity.provenance.grade)
        };
        let order = |grade: Option<Grade>| {
            grade.map_or(Grade::ALL.len(), |grade| Grade::ALL.iter().position(|g| *g == grade).unwrap_or(0))
        };
        let mut counts = vec![0; Grade::ALL.len() + 1];
        let at: BTreeMap<String, usize> =
            plan.scores.iter().map(|score| (score.name.clone(), order(grade(&score.name)))).collect();
        at.values().for_each(|&at| counts[at] += 1);
        let present: Vec<usize> = (0..counts.len()).filter(|&at| counts[at] > 0).collect();
        let mut players: Vec<Player> = present
            .iter()
            .map(|&at| Player {
                named: grade_named(Grade::ALL.get(at).copied()),
                shock: false,
                quantities: counts[at],
            })
            .collect();
        players.push(Player {
            named: Named {
                id: "shocks".into(),
                name: Text::new("逐年波动与成败", "Yearly shocks and fates"),
            },
            shock: true,
            quantities: 0,
        });
        let shocks = players.len() - 1;
        Self::new(plan, players, move |name| {
            if name.contains('/') {
                return Some(shocks);
            }
            at.get(name).and_then(|at| present.binary_search(at).ok())
        })
    }

    fn new(
        plan: &Plan,
        players: Vec<Player>,
        of: impl Fn(&str) -> Option<usize> + Send + Sync + 'static,
    ) -> Self {
        let members = plan.copula.iter().flat_map(|copula| &copula.members);
        let parts: BTreeSet<_> = members.map(|&member| of(&plan.scores[member].name)).collect();
        Self { dependent: parts.len() > 1, all: everyone(players.len()), of: Arc::new(of), players }
    }

    /// Everything drawn that is looked at.
    pub fn all(&self) -> Coalition {
        self.all
    }

    /// Looks at these parts only; the others must change nothing.
    pub fn keep(&mut self, parts: Coalition) {
        self.all &= parts;
    }

    /// The shocks.
    pub fn shocks(&self) -> Coalition {
        let bit = |(index, player): (usize, &Player)| Coalition::from(player.shock) << index;
        self.players.iter().enumerate().map(bit).sum::<Coalition>() & self.all
    }

    /// Names of the things in a coalition.
    pub fn members(&self, coalition: Coalition) -> Arc<Renewed> {
        let of = Arc::clone(&self.of);
        Arc::new(move |name: &str| of(name).is_some_and(|player| coalition >> player & 1 == 1))
    }
}

/// A grade of evidence as documents name it.
fn grade_named(grade: Option<Grade>) -> Named {
    match grade {
        Some(grade) => Named { id: grade.word().to_owned(), name: grade.name() },
        None => Named { id: "none".to_owned(), name: Text::new("未注明等级", "not graded") },
    }
}
