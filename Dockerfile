FROM python:3.12-slim-bookworm

ENV PYTHONUNBUFFERED=1 UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy PATH=/app/.venv/bin:$PATH \
    DO_NOT_TRACK=1 PREFECT_SERVER_ANALYTICS_ENABLED=false

RUN pip install --no-cache-dir uv==0.13.9 \
    && useradd --create-home --uid 10001 warta \
    && install -d -o warta -g warta /app /articles /data
USER 10001
WORKDIR /app

# Dependencies change less often than code: a layer of their own.
COPY --chown=warta pyproject.toml uv.lock README.md LICENSE ./
RUN uv sync --frozen --no-dev --no-install-project
COPY --chown=warta . .
RUN uv sync --frozen --no-dev

ENV WARTA_FOLDER=/articles WARTA_HOME=/data
CMD ["warta", "--help"]
