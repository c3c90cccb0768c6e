//! What an instrument must do to the small scenario, from its levers alone, by the formulas of docs/model.md.

use clustercast::model::{Instrument, Model, Money, PipelineSupport, QuantityId};

const YEARS: usize = 8;
/// Entrants of the whole period are followed at this many times.
const ENTRIES: usize = 4000;
const GROWTH: f64 = 1.05;
const BASES: [f64; 4] = [100.0, 200.0, 300.0, 400.0];
/// Industry of each cluster, as the scenario lists them.
const INDUSTRY: [usize; 4] = [0, 1, 0, 1];

/// A figure for every year, the base year first.
type Path = [f64; YEARS + 1];

/// The mean of a change and its variance in one trial.
#[derive(Clone, Copy, Default)]
pub struct Change {
    pub mean: f64,
    pub variance: f64,
}

/// What the instrument does to every cluster in every year, and what it costs.
pub struct Expected {
    pub clusters: [Vec<Change>; 4],
    pub cost: f64,
}

/// Levers of the instrument at their medians.
struct Levers<'m> {
    model: &'m Model,
    instrument: &'m Instrument,
}

impl Levers<'_> {
    fn optional(&self, id: QuantityId) -> Option<f64> {
        self.model.quantities.get(id).distribution.as_ref().map(|law| law.median())
    }

    fn value(&self, id: QuantityId) -> f64 {
        self.optional(id).expect("a lever with a value")
    }

    /// Amounts by year, counted from the base year.
    fn amounts(&self, money: &Money) -> Path {
        let mut by_year = [0.0; YEARS + 1];
        let index = |year: i32| usize::try_from(year - 2024).expect("a year of the scenario");
        match money {
            Money::Total { total, years } => {
                let count = f64::from(years.1 - years.0 + 1);
                (years.0..=years.1).for_each(|year| by_year[index(year)] = self.value(*total) / count);
            }
            Money::PerYear { amount, years } => {
                (years.0..=years.1).for_each(|year| by_year[index(year)] = self.value(*amount));
            }
            Money::ByYear(amounts) => {
                amounts.iter().for_each(|(year, amount)| by_year[index(*year)] = self.value(*amount));
            }
        }
        by_year
    }
}

/// Works out the change that the only instrument of `model` makes.
pub fn expected(model: &Model) -> Expected {
    let levers = Levers { model, instrument: &model.instruments[0] };
    let money = levers.instrument.money.as_ref().map_or([0.0; YEARS + 1], |money| levers.amounts(money));
    let invested = capacity(&levers, &money);
    let (none, _) = sellers(&levers, None, &money);
    let (with, awards) = sellers(&levers, Some(levers.instrument), &money);
    let cost = match (&invested, awards) {
        (Some((_, cost)), _) => *cost,
        (None, Some(cost)) => cost,
        (None, None) => money.iter().sum(),
    };
    let clusters = std::array::from_fn(|c| {
        let growth = effects(&levers, &money, c);
        let added = invested.as_ref().map_or([0.0; YEARS + 1], |(output, _)| output[c]);
        change(c, &growth, &added, &none[c], &with[c])
    });
    Expected { clusters, cost }
}

/// Something that sells, with the expected number of it and the new revenue that one brings in every year.
struct Seller {
    number: f64,
    revenue: Path,
}

/// The level that begins with `base` and grows with log growth `extra` beyond the trend, and takes in `new` revenue.
fn path(base: f64, extra: &Path, new: &Path) -> Path {
    let mut level = [base; YEARS + 1];
    for year in 1..=YEARS {
        level[year] = level[year - 1] * GROWTH * libm::exp(extra[year - 1]) + new[year];
    }
    level
}

/// What the instrument changes in a cluster. Sellers of both lists correspond; those of a chance number are Poisson or
/// binomial, and the better supported number includes the other.
fn change(cluster: usize, growth: &Path, added: &Path, none: &[Seller], with: &[Seller]) -> Vec<Change> {
    let total = |sellers: &[Seller], more: &Path| -> Path {
        std::array::from_fn(|year| {
            more[year] + sellers.iter().map(|s| s.number * s.revenue[year]).sum::<f64>()
        })
    };
    let still = [0.0; YEARS + 1];
    let before = path(BASES[cluster], &still, &total(none, &still));
    let after = path(BASES[cluster], growth, &total(with, added));
    let mut variance = still;
    for (with, none) in with.iter().zip(none) {
        let one = path(0.0, growth, &with.revenue);
        (0..=YEARS)
            .for_each(|year| variance[year] += (with.number - none.number).abs() * one[year] * one[year]);
    }
    let moved = before != after;
    let mean = |year: usize| if moved { after[year] - before[year] } else { 0.0 };
    (0..=YEARS).map(|year| Change { mean: mean(year), variance: variance[year] }).collect()
}

/// Share of output that runs `age` years after the payment.
fn ramp(age: f64, online: f64, full: f64) -> f64 {
    if age >= full {
        1.0
    } else {
        ((age - online) / (full - online)).clamp(0.0, 1.0) * f64::from(u8::from(age >= online))
    }
}

/// New revenue of every cluster from investment, and its cost; `None` without the channel.
fn capacity(levers: &Levers<'_>, money: &Path) -> Option<([Path; 4], f64)> {
    let capacity = levers.instrument.capacity.as_ref()?;
    let value = |id| levers.value(id);
    let mut placed = money.map(|amount| amount * value(capacity.realised));
    let mut cost: f64 = placed.iter().sum();
    if let Some(projects) = &levers.instrument.projects {
        // All projects start, in the year in which they are signed.
        assert_eq!(projects.start_delay, 0);
        placed = levers.amounts(&projects.signed);
        cost += placed.iter().sum::<f64>() * value(projects.public_share);
    }
    let share = value(capacity.leverage) * value(capacity.retained) * (1.0 - value(capacity.deadweight));
    let output = (1.0 - value(capacity.displaced)) * value(capacity.survival) * value(capacity.output_ratio);
    let online = value(capacity.online_after);
    let full = levers.optional(capacity.full_after).unwrap_or(online);
    let lasts = levers.optional(capacity.lasts);
    let runs =
        |age: f64| ramp(age, online, full) - lasts.map_or(0.0, |lasts| ramp(age - lasts, online, full));
    let total: f64 = BASES.iter().sum();
    let clusters = BASES.map(|base| {
        let absorbed = placed.map(|amount| {
            let invested = amount * share * base / total;
            levers.optional(capacity.absorption).map_or(invested, |absorption| {
                let limit = absorption * base;
                limit * (1.0 - libm::exp(-invested / limit))
            })
        });
        std::array::from_fn(|year| {
            let from = |paid: usize| {
                let age = year as f64 - paid as f64;
                absorbed[paid] * (runs(age) - runs(age - 1.0))
            };
            output * (0..=year).map(from).sum::<f64>()
        })
    });
    Some((clusters, cost))
}

/// Log growth into the year after each year: growth and knowledge channels.
fn effects(levers: &Levers<'_>, money: &Path, cluster: usize) -> Path {
    let mut extra = [0.0; YEARS + 1];
    if let Some(growth) = &levers.instrument.growth {
        let hit = |list: &[usize], own: usize| list.is_empty() || list.contains(&own);
        if hit(&growth.clusters, cluster) && hit(&growth.industries, INDUSTRY[cluster]) {
            let first = usize::try_from(growth.start - 2024).expect("a simulated year") + growth.lag as usize;
            let (effect, is_level) = growth.effect;
            let phase = |k: usize| (k as f64 / f64::from(growth.years)).min(1.0);
            for (before, extra) in extra[first.min(YEARS)..YEARS].iter_mut().enumerate() {
                let k = before + 1;
                *extra += match is_level {
                    true => libm::log1p(levers.value(effect)) * (phase(k) - phase(k - 1)),
                    false => levers.value(effect) * phase(k),
                };
            }
        }
    }
    if let Some(knowledge) = &levers.instrument.knowledge {
        let value = |id| levers.value(id);
        let (delta, rd) = (value(knowledge.depreciation), value(knowledge.rd_intensity));
        let part = BASES[cluster] / BASES.iter().sum::<f64>();
        let mut stock = [0.0; YEARS + 1];
        for year in 0..YEARS {
            let paid = (1.0 + value(knowledge.additionality)) * money[year] * part;
            stock[year + 1] = (1.0 - delta) * stock[year] + paid;
        }
        let log = |year: usize| {
            let Some(at) = year.checked_sub(knowledge.lag as usize) else { return 0.0 };
            let without = rd * BASES[cluster] * libm::pow(GROWTH, at as f64) / (GROWTH - 1.0 + delta);
            libm::log1p(stock[at] / without)
        };
        (0..YEARS).for_each(|year| extra[year] += value(knowledge.elasticity) * (log(year + 1) - log(year)));
    }
    extra
}

/// Products and firms by cluster, and the awards paid if the instrument gives awards.
fn sellers(
    levers: &Levers<'_>,
    instrument: Option<&Instrument>,
    money: &Path,
) -> ([Vec<Seller>; 4], Option<f64>) {
    let mut found: [Vec<Seller>; 4] = Default::default();
    let support = instrument.and_then(|instrument| instrument.pipeline.as_ref());
    let award = support.and_then(|support| levers.optional(support.award));
    let mut left = *money;
    let mut paid = 0.0;
    for (index, pipeline) in levers.model.pipelines.iter().enumerate() {
        let support = support.filter(|support| support.pipelines.contains(&index));
        let lever = |id: fn(&PipelineSupport) -> QuantityId, neutral: f64| {
            support.map_or(neutral, |support| levers.value(id(support)))
        };
        let (mut success, mut duration) = (1.0, 0.0);
        for stage in &pipeline.stages {
            let held = support.is_some_and(|s| s.stages.is_empty() || s.stages.contains(&stage.id));
            let [chance, pace] = match support.filter(|_| held) {
                Some(support) => [levers.value(support.success), levers.value(support.duration)],
                None => [1.0, 1.0],
            };
            success *= (levers.value(stage.success) * chance).min(1.0);
            duration += levers.value(stage.duration) * pace;
        }
        let cluster = match pipeline.market {
            clustercast::model::Market::Cluster(cluster) => cluster,
            clustercast::model::Market::Province(_) => panic!("the pipelines of the scenario name clusters"),
        };
        let sold = |time: f64, supported: bool| {
            let lever = |id, neutral| if supported { lever(id, neutral) } else { neutral };
            let years = levers.value(pipeline.ramp) * lever(|s| s.uptake, 1.0);
            let local = (levers.value(pipeline.local) + lever(|s| s.local_added, 0.0)).min(1.0);
            local_revenue(time, years, 2.0 * lever(|s| s.peak, 1.0) * local)
        };
        let in_first = f64::from(pipeline.stages[0].assets) * success;
        // With awards, only as many as the money of the year of approval pays are supported.
        let year = duration.ceil() as usize;
        let awarded = award.map_or(in_first, |award| {
            let most = ((left[year] / award) * (1.0 + 1e-9)).floor();
            let given = if support.is_some() { most.min(in_first) } else { 0.0 };
            left[year] -= given * award;
            paid += given * award;
            given
        });
        found[cluster].push(Seller { number: awarded, revenue: sold(duration, true) });
        found[cluster].push(Seller { number: in_first - awarded, revenue: sold(duration, false) });
        let rate =
            levers.value(pipeline.entrants) * lever(|s| s.entrants, 1.0) + lever(|s| s.entrants_added, 0.0);
        let step = YEARS as f64 / ENTRIES as f64;
        for entry in (0..ENTRIES).filter(|_| rate > 0.0) {
            let time = (entry as f64 + 0.5) * step + duration;
            found[cluster].push(Seller { number: rate * step * success, revenue: sold(time, true) });
        }
    }
    let firms = &levers.model.arrivals[0];
    let rate = levers.value(firms.rate);
    let rate = instrument
        .and_then(|instrument| instrument.arrivals.as_ref())
        .map_or(rate, |support| rate * levers.value(support.rate) + levers.value(support.added));
    let output = levers.value(firms.size) * (1.0 - levers.value(firms.displaced));
    for arrived in 1..YEARS {
        // All output begins a year after the arrival.
        let revenue = std::array::from_fn(|year| if year == arrived + 1 { output } else { 0.0 });
        found[firms.cluster].push(Seller { number: rate, revenue });
    }
    (found, award.map(|_| paid))
}

/// New local revenue of one product with `peak` local sales that is approved at `time` and takes `years` to its peak.
fn local_revenue(time: f64, years: f64, peak: f64) -> Path {
    // Integral of the uptake from the approval on.
    let area = |age: f64| {
        if age <= 0.0 {
            0.0
        } else if age < years {
            age * age / (2.0 * years)
        } else {
            age - years / 2.0
        }
    };
    let sales = |year: f64| peak * (area(year - time) - area(year - 1.0 - time));
    std::array::from_fn(|year| if year == 0 { 0.0 } else { sales(year as f64) - sales(year as f64 - 1.0) })
}
