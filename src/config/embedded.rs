//! The files compiled in. A new data file is one line here.

macro_rules! files {
    ($($place:literal $folder:literal: $($name:literal),+ $(,)?;)+) => {
        /// Name as users write it, and text.
        pub const FILES: &[(&str, &str)] = &[$($((
            concat!($folder, "/", $name),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), $place, $folder, "/", $name)),
        )),+),+];
    };
}

files! {
    "/data/" "acts": "appraisal.toml", "assessment.toml", "professional.toml";
    "/data/" "codes": "certificate-levels.csv", "education.csv", "ethnic-groups.csv", "licensed-occupations.csv", "occupations-zwfw-2024.csv", "occupations.csv", "regions.csv", "schools.csv", "sources.csv", "workdays.csv";
    "/data/" "criteria": "car-repair.toml", "elderly-care.toml", "electrician.toml";
    "/data/" "faces": "certificate-a4.toml";
    "/data/" "forms": "application-nmg.html", "application-xinjiang.html", "application.toml", "archive-guide.html", "archive-register.html", "certificate-calibration.html", "certificate-face.html", "collection-notice.html", "collection-sheet.html", "delivery-list.html", "desk-labels.html", "door-list.html", "duty-report.html", "enterprise-report.html", "exam-plan.html", "handbook-duties.html", "handbook-emergency.html", "handbook-procedure.html", "handbook.html", "head.html", "incident-record.html", "page.html", "panel-minutes.html", "panel-sheet.html", "paper-handover.html", "paper-unsealing.html", "passed-roster.html", "pledge.html", "practical-sheet.html", "public-list.html", "qualification.html", "room-list.html", "room-record.html", "roster-xinjiang.html", "rules-candidate.html", "rules-room.html", "rules.html", "score-list.html", "score-proof.html", "score-sheet.html", "score-summary.html", "script-cover.html", "seat-chart.html", "seat-list.html", "sign-in.html", "special-ledger.html", "staff-marking.html", "staff-rooms.html", "staff-sign-in.html", "stock-list.html", "subsidy-list.html", "supervision-draw.html", "supervision-list.html", "supervision-report.html", "ticket.html", "timetable.html", "upload-audit.html", "words.html";
    "/data/" "keymaps": "default.toml";
    "/data/" "layouts": "applications.toml", "candidate-33.toml", "collection-zwfw.toml", "platform.toml", "roster-xinjiang.toml";
    "/data/" "locales/en": "anchor.toml", "applications.toml", "archive.toml", "bundle.toml", "bundles.toml", "certificates.toml", "checkin.toml", "cli.toml", "conduct.toml", "core.toml", "criteria.toml", "demo.toml", "documents.toml", "drafts.toml", "eligibility.toml", "enterprise.toml", "entry.toml", "experts.toml", "export.toml", "form.toml", "handbook.toml", "history.toml", "import.toml", "intake.toml", "keeping.toml", "marks.toml", "materials.toml", "merge.toml", "milestones.toml", "numbers.toml", "operators.toml", "panel.toml", "papers.toml", "payment.toml", "policies.toml", "policy.toml", "prints.toml", "progress.toml", "publicity.toml", "register.toml", "reports.toml", "results.toml", "reviews.toml", "roles.toml", "rooms.toml", "sanctions.toml", "screen.toml", "scripts.toml", "seating.toml", "sheets.toml", "sign_on.toml", "staff.toml", "stock.toml", "supervision.toml", "tickets.toml", "together.toml", "upkeep.toml", "uploads.toml", "warning.toml";
    "/data/" "locales/zh-CN": "anchor.toml", "applications.toml", "archive.toml", "bundle.toml", "bundles.toml", "certificates.toml", "checkin.toml", "cli.toml", "conduct.toml", "core.toml", "criteria.toml", "demo.toml", "documents.toml", "drafts.toml", "eligibility.toml", "enterprise.toml", "entry.toml", "experts.toml", "export.toml", "form.toml", "handbook.toml", "history.toml", "import.toml", "intake.toml", "keeping.toml", "marks.toml", "materials.toml", "merge.toml", "milestones.toml", "numbers.toml", "operators.toml", "panel.toml", "papers.toml", "payment.toml", "policies.toml", "policy.toml", "prints.toml", "progress.toml", "publicity.toml", "register.toml", "reports.toml", "results.toml", "reviews.toml", "roles.toml", "rooms.toml", "sanctions.toml", "screen.toml", "scripts.toml", "seating.toml", "sheets.toml", "sign_on.toml", "staff.toml", "stock.toml", "supervision.toml", "tickets.toml", "together.toml", "upkeep.toml", "uploads.toml", "warning.toml";
    "/data/" "policies": "base.toml", "nmg-2023.toml", "nmg-enterprise-2019.toml", "wushen-2024.toml", "wushen-zwfw-2024.toml", "xinjiang-2022.toml";
    "/data/" "rules": "gb-2018.toml", "gb-2023.toml", "routes.toml", "xinjiang-2022.toml", "zwfw-2024.toml";
    "/data/" "sheets": "certificate-numbers.toml", "interface-2018.toml", "payment-platform.toml", "scores-roster.toml", "upload-11.toml";
    "/" "themes": "default.toml", "high-contrast.toml", "light.toml", "mono.toml";
}
