-- Written by `azcn-cli describe --write` from azcn_desktop/records/catalogue.py; do not edit by hand.
CREATE TABLE "source" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "title" TEXT,
  "publisher" TEXT,
  "kind" TEXT,
  "author" TEXT,
  "published" TEXT,
  "accessed_on" TEXT,
  "url" TEXT,
  "language" TEXT,
  "country" TEXT,
  "origin_source_id" INTEGER REFERENCES source(id),
  "rights" TEXT,
  "text_raw" TEXT,
  "text_clean" TEXT,
  "text_repairs" TEXT,
  "sha256" TEXT,
  "note" TEXT,
  "published_lo" TEXT,
  "published_hi" TEXT,
  "accessed_on_lo" TEXT,
  "accessed_on_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "organisation" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "name" TEXT,
  "kind" TEXT,
  "country" TEXT,
  "is_international" INTEGER,
  "parent_id" INTEGER REFERENCES organisation(id),
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "person" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "name" TEXT,
  "country" TEXT,
  "person_key" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "post" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "person_id" INTEGER REFERENCES person(id),
  "title" TEXT,
  "organisation_id" INTEGER REFERENCES organisation(id),
  "as_of" TEXT,
  "since" TEXT,
  "until" TEXT,
  "note" TEXT,
  "as_of_lo" TEXT,
  "as_of_hi" TEXT,
  "since_lo" TEXT,
  "since_hi" TEXT,
  "until_lo" TEXT,
  "until_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "project" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "name" TEXT,
  "status" TEXT,
  "sector" TEXT,
  "place" TEXT,
  "capacity" REAL,
  "value" REAL,
  "status_text" TEXT,
  "status_as_of" TEXT,
  "started_on" TEXT,
  "completed_on" TEXT,
  "parent_id" INTEGER REFERENCES project(id),
  "capacity_unit" TEXT,
  "value_bound" TEXT,
  "currency" TEXT,
  "note" TEXT,
  "status_as_of_lo" TEXT,
  "status_as_of_hi" TEXT,
  "started_on_lo" TEXT,
  "started_on_hi" TEXT,
  "completed_on_lo" TEXT,
  "completed_on_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "name" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "person_id" INTEGER REFERENCES person(id),
  "organisation_id" INTEGER REFERENCES organisation(id),
  "project_id" INTEGER REFERENCES project(id),
  "text" TEXT,
  "language" TEXT,
  "script" TEXT,
  "kind" TEXT,
  "is_preferred" INTEGER,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "meeting" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "date" TEXT,
  "title" TEXT,
  "status" TEXT,
  "level" TEXT,
  "kind" TEXT,
  "city" TEXT,
  "country" TEXT,
  "date_end" TEXT,
  "date_basis" TEXT,
  "series" TEXT,
  "ordinal" INTEGER,
  "outcome" TEXT,
  "note" TEXT,
  "date_lo" TEXT,
  "date_hi" TEXT,
  "date_end_lo" TEXT,
  "date_end_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "participation" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "meeting_id" INTEGER REFERENCES meeting(id),
  "person_id" INTEGER REFERENCES person(id),
  "organisation_id" INTEGER REFERENCES organisation(id),
  "printed" TEXT,
  "role" TEXT,
  "side" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "agreement" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "signed_on" TEXT,
  "title" TEXT,
  "status" TEXT,
  "kind" TEXT,
  "level" TEXT,
  "sector" TEXT,
  "value" REAL,
  "status_text" TEXT,
  "in_force_on" TEXT,
  "place" TEXT,
  "value_bound" TEXT,
  "currency" TEXT,
  "note" TEXT,
  "signed_on_lo" TEXT,
  "signed_on_hi" TEXT,
  "in_force_on_lo" TEXT,
  "in_force_on_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "agreement_party" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "agreement_id" INTEGER REFERENCES agreement(id),
  "person_id" INTEGER REFERENCES person(id),
  "organisation_id" INTEGER REFERENCES organisation(id),
  "printed" TEXT,
  "role" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "agreement_event" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "agreement_id" INTEGER REFERENCES agreement(id),
  "stage" TEXT,
  "date" TEXT,
  "meeting_id" INTEGER REFERENCES meeting(id),
  "note" TEXT,
  "date_lo" TEXT,
  "date_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "project_party" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "project_id" INTEGER REFERENCES project(id),
  "person_id" INTEGER REFERENCES person(id),
  "organisation_id" INTEGER REFERENCES organisation(id),
  "printed" TEXT,
  "role" TEXT,
  "side" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "project_event" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "project_id" INTEGER REFERENCES project(id),
  "stage" TEXT,
  "date" TEXT,
  "note" TEXT,
  "date_lo" TEXT,
  "date_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "figure" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "period" TEXT,
  "measure" TEXT,
  "flow" TEXT,
  "value" REAL,
  "growth_pct" REAL,
  "statistics_side" TEXT,
  "rank" TEXT,
  "topic" TEXT,
  "product" TEXT,
  "printed" TEXT,
  "bound" TEXT,
  "unit" TEXT,
  "low" REAL,
  "high" REAL,
  "growth_multiple" REAL,
  "growth_bound" TEXT,
  "growth_text" TEXT,
  "period_kind" TEXT,
  "period_start" TEXT,
  "period_end" TEXT,
  "as_of" TEXT,
  "is_cumulative" INTEGER,
  "side_basis" TEXT,
  "valuation" TEXT,
  "attribution" TEXT,
  "statement_class" TEXT,
  "published_by_organisation_id" INTEGER REFERENCES organisation(id),
  "published_by_text" TEXT,
  "said_by_person_id" INTEGER REFERENCES person(id),
  "said_by_organisation_id" INTEGER REFERENCES organisation(id),
  "said_by_text" TEXT,
  "said_by_role" TEXT,
  "conflict_cause" TEXT,
  "rank_reason" TEXT,
  "note" TEXT,
  "period_start_lo" TEXT,
  "period_start_hi" TEXT,
  "period_end_lo" TEXT,
  "period_end_hi" TEXT,
  "as_of_lo" TEXT,
  "as_of_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "commitment" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "made_on" TEXT,
  "what" TEXT,
  "statement_class" TEXT,
  "by_person_id" INTEGER REFERENCES person(id),
  "by_organisation_id" INTEGER REFERENCES organisation(id),
  "by_text" TEXT,
  "due" TEXT,
  "status" TEXT,
  "by_role" TEXT,
  "to_organisation_id" INTEGER REFERENCES organisation(id),
  "to_person_id" INTEGER REFERENCES person(id),
  "to_text" TEXT,
  "attribution" TEXT,
  "due_trigger" TEXT,
  "due_meeting_id" INTEGER REFERENCES meeting(id),
  "is_measurable" INTEGER,
  "outcome" TEXT,
  "note" TEXT,
  "made_on_lo" TEXT,
  "made_on_hi" TEXT,
  "due_lo" TEXT,
  "due_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "commitment_check" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "commitment_id" INTEGER REFERENCES commitment(id),
  "status" TEXT,
  "checked_on" TEXT,
  "finding" TEXT,
  "note" TEXT,
  "checked_on_lo" TEXT,
  "checked_on_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "citation" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "source_id" INTEGER REFERENCES source(id),
  "quote" TEXT,
  "quote_prefix" TEXT,
  "quote_suffix" TEXT,
  "quote_start" INTEGER,
  "quote_end" INTEGER,
  "read_as" TEXT,
  "confidence" INTEGER,
  "anchor_state" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "citation_link" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "citation_id" INTEGER REFERENCES citation(id),
  "meeting_id" INTEGER REFERENCES meeting(id),
  "agreement_id" INTEGER REFERENCES agreement(id),
  "project_id" INTEGER REFERENCES project(id),
  "figure_id" INTEGER REFERENCES figure(id),
  "commitment_id" INTEGER REFERENCES commitment(id),
  "commitment_check_id" INTEGER REFERENCES commitment_check(id),
  "person_id" INTEGER REFERENCES person(id),
  "post_id" INTEGER REFERENCES post(id),
  "organisation_id" INTEGER REFERENCES organisation(id),
  "field_name" TEXT,
  "printed" TEXT,
  "role" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "link" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "from_meeting_id" INTEGER REFERENCES meeting(id),
  "from_agreement_id" INTEGER REFERENCES agreement(id),
  "from_project_id" INTEGER REFERENCES project(id),
  "from_figure_id" INTEGER REFERENCES figure(id),
  "from_commitment_id" INTEGER REFERENCES commitment(id),
  "relation" TEXT,
  "to_meeting_id" INTEGER REFERENCES meeting(id),
  "to_agreement_id" INTEGER REFERENCES agreement(id),
  "to_project_id" INTEGER REFERENCES project(id),
  "to_figure_id" INTEGER REFERENCES figure(id),
  "to_commitment_id" INTEGER REFERENCES commitment(id),
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "dossier" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "title" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "dossier_item" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "dossier_id" INTEGER REFERENCES dossier(id),
  "meeting_id" INTEGER REFERENCES meeting(id),
  "agreement_id" INTEGER REFERENCES agreement(id),
  "project_id" INTEGER REFERENCES project(id),
  "figure_id" INTEGER REFERENCES figure(id),
  "commitment_id" INTEGER REFERENCES commitment(id),
  "position" INTEGER,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "tag" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "name" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "tagging" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "tag_id" INTEGER REFERENCES tag(id),
  "meeting_id" INTEGER REFERENCES meeting(id),
  "agreement_id" INTEGER REFERENCES agreement(id),
  "project_id" INTEGER REFERENCES project(id),
  "figure_id" INTEGER REFERENCES figure(id),
  "commitment_id" INTEGER REFERENCES commitment(id),
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "saved_view" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "name" TEXT,
  "table_name" TEXT,
  "query" TEXT,
  "note" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "dataset" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "title" TEXT,
  "source_id" INTEGER REFERENCES source(id),
  "file_name" TEXT,
  "sha256" TEXT,
  "retrieved_on" TEXT,
  "layout" TEXT,
  "licence" TEXT,
  "publisher" TEXT,
  "state" TEXT,
  "note" TEXT,
  "retrieved_on_lo" TEXT,
  "retrieved_on_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "commodity" (
  "id" INTEGER PRIMARY KEY,
  "classification" TEXT,
  "code" TEXT,
  "level" INTEGER,
  "parent" TEXT,
  "description" TEXT
) STRICT;
CREATE TABLE "trade_flow" (
  "id" INTEGER PRIMARY KEY,
  "dataset_id" INTEGER REFERENCES dataset(id),
  "period" TEXT,
  "frequency" TEXT,
  "is_cumulative" INTEGER,
  "reporter" TEXT,
  "partner" TEXT,
  "flow" TEXT,
  "classification" TEXT,
  "code" TEXT,
  "value" REAL,
  "currency" TEXT,
  "net_weight_kg" REAL,
  "quantity" REAL,
  "quantity_unit" TEXT,
  "valuation" TEXT,
  "is_estimated" INTEGER,
  "is_reported" INTEGER,
  "replaced_by" INTEGER
) STRICT;
CREATE TABLE "exchange_rate" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "period" TEXT,
  "currency" TEXT,
  "units_per_usd" REAL,
  "kind" TEXT,
  "publisher" TEXT,
  "url" TEXT,
  "accepted" INTEGER,
  "note" TEXT,
  "period_lo" TEXT,
  "period_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE "mirror_note" (
  "id" INTEGER PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT NOT NULL UNIQUE,
  "rev" INTEGER NOT NULL,
  "created_at" TEXT NOT NULL,
  "updated_at" TEXT NOT NULL,
  "deleted_at" TEXT,
  "direction" TEXT,
  "period" TEXT,
  "code" TEXT,
  "cause" TEXT,
  "text" TEXT,
  "source_id" INTEGER REFERENCES source(id),
  "period_lo" TEXT,
  "period_hi" TEXT,
  "search_text" TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX source_by_origin_source_id ON "source" ("origin_source_id");
CREATE INDEX organisation_by_parent_id ON "organisation" ("parent_id");
CREATE INDEX post_by_person_id ON "post" ("person_id");
CREATE INDEX post_by_organisation_id ON "post" ("organisation_id");
CREATE INDEX project_by_parent_id ON "project" ("parent_id");
CREATE INDEX name_by_person_id ON "name" ("person_id");
CREATE INDEX name_by_organisation_id ON "name" ("organisation_id");
CREATE INDEX name_by_project_id ON "name" ("project_id");
CREATE INDEX participation_by_meeting_id ON "participation" ("meeting_id");
CREATE INDEX participation_by_person_id ON "participation" ("person_id");
CREATE INDEX participation_by_organisation_id ON "participation" ("organisation_id");
CREATE INDEX agreement_party_by_agreement_id ON "agreement_party" ("agreement_id");
CREATE INDEX agreement_party_by_person_id ON "agreement_party" ("person_id");
CREATE INDEX agreement_party_by_organisation_id ON "agreement_party" ("organisation_id");
CREATE INDEX agreement_event_by_agreement_id ON "agreement_event" ("agreement_id");
CREATE INDEX agreement_event_by_meeting_id ON "agreement_event" ("meeting_id");
CREATE INDEX project_party_by_project_id ON "project_party" ("project_id");
CREATE INDEX project_party_by_person_id ON "project_party" ("person_id");
CREATE INDEX project_party_by_organisation_id ON "project_party" ("organisation_id");
CREATE INDEX project_event_by_project_id ON "project_event" ("project_id");
CREATE INDEX figure_by_published_by_organisation_id ON "figure" ("published_by_organisation_id");
CREATE INDEX figure_by_said_by_person_id ON "figure" ("said_by_person_id");
CREATE INDEX figure_by_said_by_organisation_id ON "figure" ("said_by_organisation_id");
CREATE INDEX commitment_by_by_person_id ON "commitment" ("by_person_id");
CREATE INDEX commitment_by_by_organisation_id ON "commitment" ("by_organisation_id");
CREATE INDEX commitment_by_to_organisation_id ON "commitment" ("to_organisation_id");
CREATE INDEX commitment_by_to_person_id ON "commitment" ("to_person_id");
CREATE INDEX commitment_by_due_meeting_id ON "commitment" ("due_meeting_id");
CREATE INDEX commitment_check_by_commitment_id ON "commitment_check" ("commitment_id");
CREATE INDEX citation_by_source_id ON "citation" ("source_id");
CREATE INDEX citation_link_by_citation_id ON "citation_link" ("citation_id");
CREATE INDEX citation_link_by_meeting_id ON "citation_link" ("meeting_id");
CREATE INDEX citation_link_by_agreement_id ON "citation_link" ("agreement_id");
CREATE INDEX citation_link_by_project_id ON "citation_link" ("project_id");
CREATE INDEX citation_link_by_figure_id ON "citation_link" ("figure_id");
CREATE INDEX citation_link_by_commitment_id ON "citation_link" ("commitment_id");
CREATE INDEX citation_link_by_commitment_check_id ON "citation_link" ("commitment_check_id");
CREATE INDEX citation_link_by_person_id ON "citation_link" ("person_id");
CREATE INDEX citation_link_by_post_id ON "citation_link" ("post_id");
CREATE INDEX citation_link_by_organisation_id ON "citation_link" ("organisation_id");
CREATE INDEX link_by_from_meeting_id ON "link" ("from_meeting_id");
CREATE INDEX link_by_from_agreement_id ON "link" ("from_agreement_id");
CREATE INDEX link_by_from_project_id ON "link" ("from_project_id");
CREATE INDEX link_by_from_figure_id ON "link" ("from_figure_id");
CREATE INDEX link_by_from_commitment_id ON "link" ("from_commitment_id");
CREATE INDEX link_by_to_meeting_id ON "link" ("to_meeting_id");
CREATE INDEX link_by_to_agreement_id ON "link" ("to_agreement_id");
CREATE INDEX link_by_to_project_id ON "link" ("to_project_id");
CREATE INDEX link_by_to_figure_id ON "link" ("to_figure_id");
CREATE INDEX link_by_to_commitment_id ON "link" ("to_commitment_id");
CREATE INDEX dossier_item_by_dossier_id ON "dossier_item" ("dossier_id");
CREATE INDEX dossier_item_by_meeting_id ON "dossier_item" ("meeting_id");
CREATE INDEX dossier_item_by_agreement_id ON "dossier_item" ("agreement_id");
CREATE INDEX dossier_item_by_project_id ON "dossier_item" ("project_id");
CREATE INDEX dossier_item_by_figure_id ON "dossier_item" ("figure_id");
CREATE INDEX dossier_item_by_commitment_id ON "dossier_item" ("commitment_id");
CREATE INDEX tagging_by_tag_id ON "tagging" ("tag_id");
CREATE INDEX tagging_by_meeting_id ON "tagging" ("meeting_id");
CREATE INDEX tagging_by_agreement_id ON "tagging" ("agreement_id");
CREATE INDEX tagging_by_project_id ON "tagging" ("project_id");
CREATE INDEX tagging_by_figure_id ON "tagging" ("figure_id");
CREATE INDEX tagging_by_commitment_id ON "tagging" ("commitment_id");
CREATE INDEX dataset_by_source_id ON "dataset" ("source_id");
CREATE INDEX trade_flow_by_dataset_id ON "trade_flow" ("dataset_id");
CREATE INDEX mirror_note_by_source_id ON "mirror_note" ("source_id");
CREATE TABLE journal_set (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  origin TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'done'
) STRICT;
CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  set_id INTEGER NOT NULL REFERENCES journal_set(id) ON DELETE CASCADE,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before_image TEXT,
  after_image TEXT
) STRICT;
CREATE TABLE shipped (
  reference_id TEXT PRIMARY KEY,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  image TEXT
) STRICT;
CREATE TABLE trade_total (
  dataset_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL,
  frequency TEXT NOT NULL,
  is_cumulative INTEGER NOT NULL,
  period TEXT NOT NULL,
  reporter TEXT NOT NULL,
  partner TEXT NOT NULL,
  flow TEXT NOT NULL,
  classification TEXT NOT NULL,
  valuation TEXT NOT NULL,
  currency TEXT NOT NULL,
  level INTEGER NOT NULL,
  flows INTEGER NOT NULL,
  value REAL NOT NULL,
  net_weight_kg REAL NOT NULL,
  PRIMARY KEY (dataset_id, replaced_by, frequency, is_cumulative, period, reporter, partner, flow, classification, valuation, currency, level)
) STRICT, WITHOUT ROWID;
CREATE TABLE trade_chapter (
  dataset_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL,
  frequency TEXT NOT NULL,
  is_cumulative INTEGER NOT NULL,
  period TEXT NOT NULL,
  reporter TEXT NOT NULL,
  partner TEXT NOT NULL,
  flow TEXT NOT NULL,
  classification TEXT NOT NULL,
  valuation TEXT NOT NULL,
  currency TEXT NOT NULL,
  level INTEGER NOT NULL,
  chapter TEXT NOT NULL,
  flows INTEGER NOT NULL,
  value REAL NOT NULL,
  net_weight_kg REAL NOT NULL,
  PRIMARY KEY (dataset_id, replaced_by, frequency, is_cumulative, period, reporter, partner, flow, classification, valuation, currency, level, chapter)
) STRICT, WITHOUT ROWID;
CREATE TABLE trade_code (
  dataset_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL,
  classification TEXT NOT NULL,
  code TEXT NOT NULL,
  flows INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, replaced_by, classification, code)
) STRICT, WITHOUT ROWID;
CREATE INDEX journal_by_set ON journal (set_id);
CREATE INDEX journal_by_row ON journal (table_name, row_id);
CREATE INDEX shipped_by_row ON shipped (table_name, row_id);
CREATE INDEX trade_flow_by_code ON trade_flow (code, period);
CREATE INDEX trade_flow_by_replaced_by ON trade_flow (replaced_by, dataset_id) WHERE replaced_by IS NOT NULL;
CREATE INDEX commodity_by_code ON commodity (classification, code);
