//! The figures of ref.toml in plain arrays; anything in the file that this program would not simulate is an error.
//!
//! ../reference.py reads the same file and refuses every key that the peers do not know, so that here only the keys that
//! are needed are looked at.

use rand_distr::{Beta, LogNormal, Normal, Poisson, Triangular};
use toml::{Table, Value};

/// Industries of the scenario.
pub const INDUSTRIES: usize = 5;
/// Clusters of the scenario.
pub const CLUSTERS: usize = 10;
/// Simulated years.
pub const STEPS: usize = 6;

/// The reference scenario; see ../reference.py for the meaning of the fields.
pub struct Reference {
    pub trend: [Normal<f64>; INDUSTRIES],
    pub volatility: [f64; INDUSTRIES],
    pub persistence: [f64; INDUSTRIES],
    pub correlation: [[f64; INDUSTRIES]; INDUSTRIES],
    pub cut_rate: [Poisson<f64>; INDUSTRIES],
    pub cut: [LogNormal<f64>; INDUSTRIES],
    pub industry: [usize; CLUSTERS],
    pub base: [LogNormal<f64>; CLUSTERS],
    pub premium: [Normal<f64>; CLUSTERS],
    pub own: [f64; CLUSTERS],
    pub realised: Beta<f64>,
    pub leverage: Triangular<f64>,
    pub output: LogNormal<f64>,
    pub invested: [[f64; CLUSTERS]; STEPS],
    pub lag: usize,
    pub absorption: f64,
    pub additionality: Triangular<f64>,
    pub elasticity: Normal<f64>,
    pub stock: [[f64; CLUSTERS]; STEPS + 1],
    pub thresholds: [f64; 1 + CLUSTERS],
}

type Read<T> = Result<T, String>;

fn at<'a>(table: &'a Value, path: &str) -> Read<&'a Value> {
    path.split('.').try_fold(table, |value, key| value.get(key)).ok_or_else(|| format!("no {path}"))
}

fn number(table: &Value, path: &str) -> Read<f64> {
    match at(table, path)? {
        Value::Float(x) => Ok(*x),
        Value::Integer(x) => Ok(*x as f64),
        other => Err(format!("{path} is not a number: {other:?}")),
    }
}

fn text<'a>(table: &'a Value, path: &str) -> Read<&'a str> {
    at(table, path)?.as_str().ok_or_else(|| format!("{path} is not a text"))
}

/// Fields of an uncertain quantity that must be of this family.
fn law<const N: usize>(table: &Value, path: &str, family: &str, fields: [&str; N]) -> Read<[f64; N]> {
    let quantity = at(table, path)?;
    if text(quantity, "dist")? != family {
        return Err(format!("{path} is not {family}"));
    }
    let mut found = [0.0; N];
    for (found, field) in found.iter_mut().zip(fields) {
        *found = number(quantity, field)?;
    }
    Ok(found)
}

fn normal(table: &Value, path: &str) -> Read<Normal<f64>> {
    let [mean, sd] = law(table, path, "normal", ["mean", "sd"])?;
    Normal::new(mean, sd).map_err(|e| e.to_string())
}

fn lognormal(table: &Value, path: &str) -> Read<LogNormal<f64>> {
    let [median, sigma] = law(table, path, "lognormal", ["median", "sigma"])?;
    LogNormal::new(median.ln(), sigma).map_err(|e| e.to_string())
}

fn triangular(table: &Value, path: &str) -> Read<Triangular<f64>> {
    let [low, mode, high] = law(table, path, "triangular", ["low", "mode", "high"])?;
    Triangular::new(low, high, mode).map_err(|e| e.to_string())
}

/// The items of an array of tables, which must be so many.
fn items<'a, const N: usize>(file: &'a Table, key: &str) -> Read<[&'a Value; N]> {
    let list = file.get(key).and_then(Value::as_array).ok_or_else(|| format!("no [[{key}]]"))?;
    list.iter().collect::<Vec<_>>().try_into().map_err(|_| format!("expected {N} of [[{key}]]"))
}

/// One figure of every item.
fn each<T, const N: usize>(items: [&Value; N], read: impl Fn(&Value) -> Read<T>) -> Read<[T; N]> {
    let found = items.into_iter().map(read).collect::<Read<Vec<T>>>()?;
    found.try_into().map_err(|_| "as many figures as items".to_owned())
}

/// Lower Cholesky factor.
fn cholesky(matrix: &[[f64; INDUSTRIES]; INDUSTRIES]) -> [[f64; INDUSTRIES]; INDUSTRIES] {
    let mut lower = [[0.0; INDUSTRIES]; INDUSTRIES];
    for i in 0..INDUSTRIES {
        for j in 0..=i {
            let rest = matrix[i][j] - (0..j).map(|k| lower[i][k] * lower[j][k]).sum::<f64>();
            lower[i][j] = if i == j { rest.sqrt() } else { rest / lower[j][j] };
        }
    }
    lower
}

impl Reference {
    /// Reads the scenario file.
    pub fn load(path: &str) -> Read<Self> {
        let text_of_file = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
        let file: Table = text_of_file.parse().map_err(|e| format!("{path}: {e}"))?;
        Self::read(&file).map_err(|e| format!("{path}: {e}"))
    }

    fn read(file: &Table) -> Read<Self> {
        let industries: [&Value; INDUSTRIES] = items(file, "industry")?;
        let clusters: [&Value; CLUSTERS] = items(file, "cluster")?;
        let events: [&Value; INDUSTRIES] = items(file, "event")?;
        let [fund, subsidy]: [&Value; 2] = items(file, "instrument")?;
        let ids = each(industries, |i| text(i, "id").map(str::to_owned))?;
        let names = each(clusters, |c| text(c, "id").map(str::to_owned))?;
        let position = |id: &str| ids.iter().position(|known| known == id).ok_or(format!("no industry {id}"));
        let whole = file.get("scenario").ok_or("no [scenario]")?;
        let base_year = number(whole, "base_year")? as usize;
        if number(whole, "horizon")? as usize != base_year + STEPS {
            return Err(format!("expected {STEPS} years"));
        }

        let mut correlation = [[0.0; INDUSTRIES]; INDUSTRIES];
        (0..INDUSTRIES).for_each(|s| correlation[s][s] = 1.0);
        for pair in file.get("correlation").and_then(Value::as_array).ok_or("no [[correlation]]")? {
            let names = at(pair, "of")?.as_array().ok_or("no list of cycles")?;
            let [a, b] = &names[..] else { return Err("expected pairs of cycles".into()) };
            let index = |v: &Value| position(v.as_str().unwrap_or_default().trim_start_matches("industry."));
            let (a, b) = (index(a)?, index(b)?);
            correlation[a][b] = number(pair, "value")?;
            correlation[b][a] = correlation[a][b];
        }

        let industry = each(clusters, |c| {
            let mix = at(c, "mix")?.as_table().ok_or("mix is not a table")?;
            mix.keys().next().ok_or("empty mix".to_owned()).and_then(|id| position(id))
        })?;
        let spent = |instrument: &Value| -> Read<[[f64; CLUSTERS]; STEPS + 1]> {
            let money = at(instrument, "money.by_year")?;
            let mut found = [[0.0; CLUSTERS]; STEPS + 1];
            for (step, found) in found.iter_mut().enumerate() {
                let year = (base_year + step).to_string();
                let paid = if money.get(&year).is_some() { number(money, &year)? } else { 0.0 };
                for (found, name) in found.iter_mut().zip(&names) {
                    *found = paid * number(instrument, &format!("allocation.{name}"))?;
                }
            }
            Ok(found)
        };
        let invested = spent(fund)?;
        if invested[0] != [0.0; CLUSTERS] {
            return Err("expected no money of the fund in the base year".into());
        }

        // see ../reference.py: only the base figure and the additionality are uncertain in the extra knowledge
        let depreciation = number(subsidy, "knowledge.depreciation")?;
        let intensity = number(subsidy, "knowledge.rd_intensity")?;
        let paid = spent(subsidy)?;
        let mut stock = [[0.0; CLUSTERS]; STEPS + 1];
        for c in 0..CLUSTERS {
            let [trend, _] = law(industries[industry[c]], "trend", "normal", ["mean", "sd"])?;
            let [premium, _] = law(clusters[c], "premium", "normal", ["mean", "sd"])?;
            let growth = trend + premium;
            let mut extra = 0.0;
            for step in 0..=STEPS {
                let without = intensity * (1.0 + growth).powi(step as i32) / (growth + depreciation);
                stock[step][c] = extra / without;
                extra = (1.0 - depreciation) * extra + paid[step][c];
            }
        }

        let targets: [&Value; 2 + CLUSTERS] = items(file, "target")?;
        let mut thresholds = [0.0; 1 + CLUSTERS];
        for (threshold, name) in
            thresholds.iter_mut().zip(std::iter::once("total").chain(names.iter().map(String::as_str)))
        {
            let target = targets.iter().find(|t| text(t, "id").is_ok_and(|id| id == name));
            *threshold = number(target.ok_or_else(|| format!("no target {name}"))?, "at_least")?;
        }

        let [alpha, beta] = law(fund, "capacity.realised", "beta", ["alpha", "beta"])?;
        Ok(Self {
            trend: each(industries, |i| normal(i, "trend"))?,
            volatility: each(industries, |i| number(i, "cycle.volatility"))?,
            persistence: each(industries, |i| number(i, "cycle.persistence"))?,
            correlation: cholesky(&correlation),
            cut_rate: each(events, |e| Poisson::new(number(e, "rate")?).map_err(|e| e.to_string()))?,
            cut: each(events, |e| lognormal(e, "severity"))?,
            industry,
            base: each(clusters, |c| lognormal(c, "base"))?,
            premium: each(clusters, |c| normal(c, "premium"))?,
            own: each(clusters, |c| number(c, "own_volatility"))?,
            realised: Beta::new(alpha, beta).map_err(|e| e.to_string())?,
            leverage: triangular(fund, "capacity.leverage")?,
            output: lognormal(fund, "capacity.output_ratio")?,
            invested: std::array::from_fn(|step| invested[step + 1]),
            lag: number(fund, "capacity.online_after")? as usize,
            absorption: number(fund, "capacity.absorption")?,
            additionality: triangular(subsidy, "knowledge.additionality")?,
            elasticity: normal(subsidy, "knowledge.elasticity")?,
            stock,
            thresholds,
        })
    }
}
