//! One scenario that uses every source of chance, in parts that can be reordered, added to and scaled.

use crate::case::{Case, Measured};

/// A scenario that uses every source of chance; places and industries may be reordered and added to.
pub struct Rich {
    pub industries: Vec<String>,
    pub clusters: Vec<String>,
    pub pipelines: Vec<String>,
    pub arrivals: Vec<String>,
    pub instruments: Vec<String>,
    pub policies: Vec<String>,
    /// Its targets, from `id` on.
    pub targets: Vec<String>,
    /// What follows all that.
    pub more: String,
}

impl Rich {
    pub fn new() -> Self {
        Self::of(1.0)
    }

    pub fn of(money: f64) -> Self {
        let texts = |items: &[&str]| items.iter().map(|x| (*x).to_owned()).collect();
        let base = [200.0, 100.0, 50.0].map(|x| x * money);
        Self {
            industries: texts(&[
                "id = \"a\"\ntrend = { dist = \"normal\", mean = 0.04, sd = 0.02 }\n\
                 cycle = { volatility = 0.06, persistence = 0.4 }\n",
                "id = \"b\"\ntrend = \"1% to 8%\"\ncycle = { volatility = 0.09, persistence = -0.2, start = 0.05 }\n",
            ]),
            clusters: vec![
                format!("id = \"x\"\nbase = {:?}\nmix = {{ a = 0.6, b = 0.4 }}\nown_volatility = 0.1\n", base[0]),
                format!(
                    "id = \"y\"\nbase = {{ dist = \"lognormal\", median = {:?}, sigma = 0.1 }}\n\
                     mix = {{ a = 1 }}\nown_volatility = 0.2\nexposure = 1.5\n",
                    base[1]
                ),
                format!("id = \"z\"\nbase = {:?}\nmix = {{ a = 0.2, b = 0.8 }}\nown_volatility = 0.15\n", base[2]),
            ],
            pipelines: vec![
                format!(
                    "id = \"new\"\nindustry = \"a\"\nentrants = \"1 to 3\"\nlocal = {{ dist = \"uniform\", low = 0.3, high = 0.6 }}\nramp = 2\n\
                     peak_sales = {{ dist = \"lognormal\", median = {money:?}, sigma = 0.8 }}\n\
                     [[pipeline.stage]]\nid = \"trial\"\nsuccess = 0.6\nduration = 1.2\nshape = 2\nassets = 7\n\
                     [[pipeline.stage]]\nid = \"review\"\nsuccess = 0.9\nduration = 0.8\nassets = 3\nelapsed = 0.5\n"
                ),
                "id = \"device\"\nindustry = \"b\"\n\
                 [[pipeline.stage]]\nid = \"review\"\nsuccess = { dist = \"uniform\", low = 0.5, high = 0.9 }\nduration = 2\nshape = 1\nassets = 9\n"
                    .to_owned(),
            ],
            arrivals: vec![
                format!(
                    "id = \"firm\"\ncluster = \"y\"\nindustry = \"b\"\nrate = 0.7\nfull_after = 2\n\
                     size = {{ dist = \"gamma\", shape = 2, mean = {:?} }}\n",
                    5.0 * money
                ),
                format!("id = \"plant\"\ncluster = \"z\"\nindustry = \"a\"\nrate = \"0.2 to 1\"\nsize = {money:?}\n"),
            ],
            instruments: vec![
                format!(
                    "id = \"prize\"\nmoney = {{ per_year = {:?} }}\n\
                     pipeline = {{ pipelines = [\"new\", \"device\"], award = {:?}, uptake = 0.5, peak = 1.2 }}\n",
                    2.0 * money,
                    0.9 * money
                ),
                "id = \"access\"\npipeline = { pipelines = [\"new\"], start = 2002, success = \"1.1 to 1.3\", \
                 duration = 0.7, entrants = 1.5, local_added = 0.1 }\n\
                 arrivals = { of = [\"firm\"], start = 2002, rate = 1.5, added = 0.2 }\n"
                    .to_owned(),
                format!(
                    "id = \"fund\"\nmoney = {{ total = {{ dist = \"uniform\", low = {:?}, high = {:?} }}, \
                     from = 2001, to = 2002 }}\nallocation = {{ x = 0.5, y = 0.5 }}\n\
                     capacity = {{ output_ratio = \"0.6 to 2\", absorption = 0.3, online_after = 1, full_after = 2, \
                     survival = 0.8, failure = \"vintage\" }}\n",
                    20.0 * money,
                    40.0 * money
                ),
                format!(
                    "id = \"batch\"\nallocation = {{ z = 1 }}\ncapacity = {{ output_ratio = 0.5 }}\n\
                     projects = {{ count = 9, landed = 0.6, started = 0.5, signed = {{ per_year = {:?}, \
                     from = 2001, to = 2003 }} }}\n",
                    18.0 * money
                ),
                format!(
                    "id = \"grant\"\nmoney = {{ per_year = {:?}, from = 2001, to = 2003 }}\n\
                     allocation = {{ x = 1 }}\nknowledge = {{ additionality = \"0.1 to 0.5\", elasticity = 0.1, \
                     rd_intensity = 0.04 }}\n",
                    money
                ),
                "id = \"speed\"\ngrowth = { level = { dist = \"uniform\", low = 0, high = 0.1 }, years = 2, start = 2001 }\n"
                    .to_owned(),
            ],
            policies: texts(&[
                "id = \"none\"\ninstruments = []\n",
                "id = \"plan\"\ninstruments = [\"fund\", \"batch\", \"grant\", \"speed\", \"prize\", \"access\"]\n",
            ]),
            targets: vec![
                format!("id = \"x\"\nscope = \"cluster.x\"\nyear = 2003\nat_least = {:?}\n", 220.0 * money),
                format!("id = \"y\"\nscope = \"cluster.y\"\nby = 2004\nat_least = {:?}\n", 120.0 * money),
                "id = \"both\"\nall_of = [\"x\", \"y\"]\n".to_owned(),
                "id = \"drugs\"\nyear = 2004\napprovals = { pipelines = [\"new\", \"device\"] }\nnumber_at_least = 9\n"
                    .to_owned(),
                "id = \"firms\"\nyear = 2004\narrivals = { of = [\"firm\"], since = 2002 }\nnumber_at_least = 3\n"
                    .to_owned(),
            ],
            more: "[[correlation]]\nof = [\"industry.a\", \"industry.b\"]\nvalue = 0.5\n\
                   [[event]]\nid = \"cut\"\nrate = 0.6\nseverity = { dist = \"beta\", alpha = 2, beta = 5 }\n\
                   exposure = 0.5\nindustries = [\"a\"]\nrecovery = 2\n\
                   [[event]]\nid = \"win\"\nprobability = 0.3\n\
                   log_change = { dist = \"triangular\", low = 0, mode = 0.05, high = 0.2 }\n\
                   [[dependence]]\nof = [\"industry.a.trend\", \"industry.b.trend\"]\ncorrelation = 0.6\n"
                .to_owned(),
        }
    }

    pub fn case(&self) -> Case {
        let mut body =
            "[tails]\ncycles = 5\nown = 6\n[nation.cycle]\nvolatility = 0.04\npersistence = 0.3\n".to_owned();
        for (kind, items) in [
            ("industry", &self.industries),
            ("cluster", &self.clusters),
            ("pipeline", &self.pipelines),
            ("arrival", &self.arrivals),
            ("instrument", &self.instruments),
            ("policy", &self.policies),
            ("target", &self.targets),
        ] {
            items.iter().for_each(|item| body += &format!("[[{kind}]]\n{item}"));
        }
        Case::new(4, &(body + &self.more))
    }

    pub fn run(&self) -> Measured {
        self.case().run(5_000, 42)
    }
}
