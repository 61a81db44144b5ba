# syntax=docker/dockerfile:1
# One image for web, worker, beat and the migration. docs/deployment.md says what of it has been run and what only read.

FROM node:24-bookworm-slim AS assets
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY static static
RUN mkdir -p var/assets && npm run build

FROM python:3.13-slim-bookworm AS packages
RUN python -m venv /opt/venv
COPY requirements.txt .
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.13-slim-bookworm AS app
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /state --create-home cspr
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 ENVIRONMENT=production STATE_DIR=/state STATIC_ROOT=/app/collected \
    WEB_CONCURRENCY=2
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /app/var/assets var/assets
COPY --from=assets /app/node_modules/govuk-frontend/dist/govuk/assets/images node_modules/govuk-frontend/dist/govuk/assets/images
COPY --from=assets /app/node_modules/@ministryofjustice/frontend/moj/assets/images node_modules/@ministryofjustice/frontend/moj/assets/images
RUN python manage.py collectstatic --no-input --verbosity 0
USER cspr
VOLUME /state
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["python", "-m", "cspr.healthcheck"]
# Configuration errors are said before anything is served.
CMD ["sh", "-c", "python manage.py check --deploy --fail-level ERROR && exec gunicorn cspr.wsgi --bind 0.0.0.0:8000 --preload --worker-tmp-dir /dev/shm --access-logfile - --access-logformat '%(h)s %(t)s %(m)s %(U)s %(s)s %(b)s %(L)s'"]
