"""Three questions to the warehouse and three plots, from Python.

WARTA_HOME=warta-data marimo edit notebooks/ask.py
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import marimo as mo

    from warehouse.db import reader
    from warehouse.home import Home
    from warehouse.queries import load_queries

    home = Home(Path(os.environ.get("WARTA_HOME", "warta-data")))
    return alt, home, load_queries, mo, reader


@app.cell
def _(mo):
    mo.md("""
    # Ask the warehouse

    `reader` opens the published snapshot read-only; any SQL will do, and `queries/` has questions that are ready.
    """)


@app.cell
def _(home, load_queries, reader):
    def ask(name, *options):
        """A question of `warta query` as a Polars frame: `ask("quotes-by", "--speaker", "Wiratmo")`."""
        query = load_queries()[name]
        with reader(home.published) as connection:
            return connection.sql(query.sql, params=query.parameters_from(options)).pl()

    return (ask,)


@app.cell
def _(mo):
    mo.md("""## Who is heard most?""")


@app.cell
def _(alt, ask):
    speakers = ask("top-speakers", "--limit", "15")
    speakers_plot = alt.Chart(speakers).mark_bar().encode(x="quotes", y=alt.Y("speaker", sort="-x"))
    speakers_plot
    return speakers, speakers_plot


@app.cell
def _(mo):
    mo.md("""## What kind of news does a month bring?""")


@app.cell
def _(alt, ask):
    types = ask("events-by-type")
    types_plot = alt.Chart(types).mark_bar().encode(x="yearmonth(month):T", y="events", color="type")
    types_plot
    return types, types_plot


@app.cell
def _(mo):
    mo.md("""## What does the loudest speaker say, and when?""")


@app.cell
def _(ask, speakers):
    said = ask("quotes-by", "--speaker", speakers["speaker"][0])
    said
    return (said,)


@app.cell
def _(alt, said):
    said_plot = alt.Chart(said).mark_bar().encode(x="published_date:T", y="count()", color="kind")
    said_plot
    return (said_plot,)


if __name__ == "__main__":
    app.run()
