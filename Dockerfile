# The portal's image: `web` and `worker` of compose.yaml run from it, as an unprivileged user.

FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=portal.settings.production \
    DATA_DIR=/data \
    STATIC_ROOT=/app/static-root \
    PORT=8000
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal /data /app/static-root
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY . .
# Neither step talks to a service; the key is thrown away with the process.
RUN python -m portal.installation.catalogues \
    && SECRET_KEY=only-for-this-step python manage.py collectstatic --noinput --verbosity 0
USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "portal.wsgi:application", "--workers=4", "--preload", "--access-logfile=-"]
