-- Days that the State Council's yearly notice makes working or free, where the organisation department entered them.

CREATE TABLE calendar_day (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    working boolean NOT NULL,
    note text NOT NULL,
    entered_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, day)
);
COMMENT ON TABLE calendar_day IS 'Holidays and make-up working days (调休). A row wins over the calendar library; a later entry over an earlier one.';
