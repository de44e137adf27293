# The style sheet, fonts and scripts, built from npm packages.
FROM node:22-bookworm AS assets
WORKDIR /app
COPY package.json package-lock.json ./
COPY embedded embedded
COPY static/src static/src
RUN python3 -m embedded.assets

# Python packages, each file checked against its recorded hash.
FROM python:3.13-slim-bookworm AS packages
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

# What runs: Pango for PDF documents, the packages, the built assets and the code.
FROM python:3.13-slim-bookworm
RUN apt-get update \
  && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 fonts-liberation2 \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --uid 10001 --no-create-home csp
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
  PYTHONUNBUFFERED=1 \
  DJANGO_SETTINGS_MODULE=csp.settings \
  ASSETS=/app/assets \
  STATIC_ROOT=/app/collected
COPY --from=packages /venv /venv
COPY --from=assets /app/.local/assets assets
COPY . .
RUN SECRET_KEY=unused DATABASE_URL=postgresql:///unused REDIS_URL=redis://unused \
  python manage.py collectstatic --no-input --ignore src
USER csp
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
  CMD ["python", "docker/web_ready.py"]
CMD ["gunicorn", "--config", "docker/gunicorn_config.py", "csp.wsgi"]
