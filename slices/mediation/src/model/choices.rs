//! What can be chosen about a mediation, each from a short closed list.

use kernel::words;

/// One of the two parties (当事人).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Who applied, or whom the committee wrote down first.
    A,
    /// The other.
    B,
}

words!(Side { A = "a", B = "b" });

/// How it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A party asked for it here.
    Web,
    /// A party came to the committee or telephoned (rule R29).
    Desk,
    /// The committee offered it.
    Offered,
}

words!(Origin { Web = "web", Desk = "desk", Offered = "offered" });

/// How a party agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// On their own page, signed in or when applying.
    Web,
    /// Face to face.
    InPerson,
    /// On the telephone.
    Telephone,
    /// On paper.
    Written,
}

words!(How {
    Web = "web",
    InPerson = "in_person",
    Telephone = "telephone",
    Written = "written",
});

impl How {
    /// Those that the head can note for a party.
    pub const NOTED: [Self; 3] = [Self::InPerson, Self::Telephone, Self::Written];
}

/// What the dispute is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// Noise, leaks, things in the corridor.
    Neighbours,
    /// With the property company.
    Property,
    /// Houses, rents, decoration.
    Housing,
    /// Within a family: support, belongings, living together.
    Family,
    /// Damage and injuries.
    Damage,
    /// Money owed, contracts.
    Contract,
    /// Something else.
    Other,
    /// Whether a marriage, an adoption or a kinship holds: no court confirms an agreement on it
    /// (Supreme People's Court, 2011, on the confirmation of mediation agreements, article 4).
    Status,
}

words!(Subject {
    Neighbours = "neighbours",
    Property = "property",
    Housing = "housing",
    Family = "family",
    Damage = "damage",
    Contract = "contract",
    Other = "other",
    Status = "status",
});

impl Subject {
    /// Whether a court can confirm an agreement on it.
    pub const fn can_be_confirmed(self) -> bool {
        !matches!(self, Self::Status)
    }
}

/// How the parties agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// In writing: takes effect when signed by both and sealed by the committee (article 29).
    Written,
    /// By word of mouth: takes effect on agreement, and the mediator writes it down (article 30).
    Oral,
}

words!(Form { Written = "written", Oral = "oral" });

/// Why it ended without its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ending {
    /// No agreement could be found.
    Failed,
    /// A party asked for an end.
    Asked,
    /// There was an agreement, and it is not kept.
    NotKept,
}

words!(Ending {
    Failed = "failed",
    Asked = "asked",
    NotKept = "not_kept",
});

/// What became of the application to the court.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The court confirmed the agreement: it can be enforced.
    Confirmed,
    /// The court did not accept or not confirm it.
    Refused,
    /// The parties took the application back.
    Withdrawn,
}

words!(Decision {
    Confirmed = "confirmed",
    Refused = "refused",
    Withdrawn = "withdrawn",
});

/// To whom a danger is reported (article 25). Nothing more of it is kept than whom and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Body {
    /// The police.
    Police,
    /// The judicial office of the subdistrict.
    JudicialOffice,
    /// The subdistrict office.
    Subdistrict,
    /// Another competent body.
    Other,
}

words!(Body {
    Police = "police",
    JudicialOffice = "judicial_office",
    Subdistrict = "subdistrict",
    Other = "other",
});
