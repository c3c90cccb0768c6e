//! The players among whom the effect of a policy is shared: the instruments by which it differs from the reference.

use crate::analysis::decision::Goal;
use crate::analysis::reach::movers;
use crate::analysis::results::Named;
use crate::model::{Model, Policy};
use crate::scenario::class;

/// What a policy has and the reference has not, or the other way round. Ordered as reports show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Player {
    /// An instrument of the model.
    Instrument(usize),
    /// What the two change of levers.
    Settings,
}

/// The players of one policy.
pub(super) struct Game {
    policy: usize,
    /// Those that can move the target.
    pub movers: Vec<Player>,
    /// Those that cannot.
    pub idle: Vec<Player>,
}

impl Game {
    pub fn of(model: &Model, goal: &Goal, policy: usize) -> Self {
        let [own, reference] = [policy, model.reference].map(|policy| &model.policies[policy]);
        let differs = |k: &usize| own.instruments.contains(k) != reference.instruments.contains(k);
        let movers = movers(model, &goal.targets(model));
        let moves = |player: &Player| match player {
            Player::Instrument(k) => movers[*k],
            Player::Settings => true,
        };
        let mut players: Vec<Player> =
            (0..model.instruments.len()).filter(differs).map(Player::Instrument).collect();
        if policy != model.reference && !(own.changes.is_empty() && reference.changes.is_empty()) {
            players.push(Player::Settings);
        }
        let (movers, idle) = players.into_iter().partition(moves);
        Self { policy, movers, idle }
    }

    /// The reference with the players of `set` (positions among the movers); nothing that cannot move the target. `index`
    /// tells the policies of one run apart.
    pub fn policy(&self, model: &Model, index: usize, set: &[usize]) -> Policy {
        let joined = |player: Player| set.iter().any(|&position| self.movers[position] == player);
        self.derived(model, format!("set/{index}"), joined)
    }

    /// The policy itself, or without one of its players.
    pub fn whole(&self, model: &Model, without: Option<Player>) -> Policy {
        let id = match without {
            None => "whole".to_owned(),
            Some(Player::Instrument(k)) => format!("without/{k}"),
            Some(Player::Settings) => "without/settings".to_owned(),
        };
        self.derived(model, id, |player| Some(player) != without)
    }

    /// Identifiers hold a slash, which none of a file can. Instruments stand in the policy's order, so that the set of all
    /// players is the policy to the bit.
    fn derived(&self, model: &Model, id: String, joined: impl Fn(Player) -> bool) -> Policy {
        let [own, reference] = [self.policy, model.reference].map(|policy| &model.policies[policy]);
        let is_player = |k: usize| own.instruments.contains(&k) != reference.instruments.contains(&k);
        let brought = own.instruments.iter().filter(|&&k| !is_player(k) || joined(Player::Instrument(k)));
        let left = reference.instruments.iter().filter(|&&k| is_player(k) && !joined(Player::Instrument(k)));
        let settings = if joined(Player::Settings) { own } else { reference };
        Policy {
            id,
            name: own.name.clone(),
            instruments: brought.chain(left).copied().collect(),
            changes: settings.changes.clone(),
        }
    }

    pub fn name(&self, model: &Model, player: Player) -> Named {
        match player {
            Player::Instrument(k) => {
                let instrument = &model.instruments[k];
                Named { id: instrument.id.clone(), name: instrument.name.clone() }
            }
            Player::Settings => Named { id: "settings".to_owned(), name: class::name("settings") },
        }
    }
}
