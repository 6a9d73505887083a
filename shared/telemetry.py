"""What operators see of a running process: Prometheus counters, and OpenTelemetry traces when they are asked for.

Tracing is off unless `OTEL_EXPORTER_OTLP_ENDPOINT` is set. With `METRICS_DIR` the processes of one service share their
counters in that folder, and any of them can show the sum.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if _folder := os.environ.get("METRICS_DIR"):
    Path(_folder).mkdir(parents=True, exist_ok=True)
    # The library chooses its storage while it is imported.
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", _folder)

from opentelemetry import propagate, trace
from opentelemetry.instrumentation.utils import is_instrumentation_enabled, suppress_instrumentation
from opentelemetry.trace import SpanKind
from prometheus_client import REGISTRY as REGISTRY
from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest, multiprocess, start_http_server

PUBLISHED = Counter("shanguang_events_published_total", "Events that the broker has confirmed", ["service", "name"])
HANDLED = Counter("shanguang_events_handled_total", "Deliveries, by what became of them", ["queue", "outcome"])
DUE = Counter("shanguang_deadline_items_total", "Items that time made due and that were handled", ["deadline"])
FAILED = Counter("shanguang_deadline_failures_total", "Deadlines that failed and will run again", ["deadline"])
RELAY_PAUSES = Counter("shanguang_relay_pauses_total", "Pauses of the relay after broker trouble", ["service"])
WAITING = Gauge(
    "shanguang_outbox_waiting",
    "Facts in the hands of the relay (1000: more wait)",
    ["service"],
    multiprocess_mode="mostrecent",
)


def enabled() -> bool:
    """Tell whether this process traces."""
    return bool(os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"))


def configure(service: str, process: str) -> None:
    """Start tracing in this process, if it is asked for; call it after a fork, never before."""
    if not enabled():
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.psycopg import PsycopgInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    names = {"service.namespace": "shanguang", "service.name": service, "shanguang.process": process}
    provider = TracerProvider(resource=Resource.create(names))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    PsycopgInstrumentor().instrument(skip_dep_check=True)


def traceparent() -> str | None:
    """Give the W3C trace context of the work at hand; `None` where nothing is traced."""
    if not enabled():
        return None
    carrier: dict[str, str] = {}
    propagate.inject(carrier)
    return carrier.get("traceparent")


@contextmanager
def span(name: str, *, parent: str | None = None, kind: SpanKind = SpanKind.CONSUMER) -> Iterator[None]:
    """Trace a piece of work as a child of `parent`, a W3C trace context; costs nothing where tracing is off."""
    if not enabled() or not is_instrumentation_enabled():
        yield
        return
    context = propagate.extract({"traceparent": parent}) if parent else None
    with trace.get_tracer("shanguang").start_as_current_span(name, context=context, kind=kind):
        yield


@contextmanager
def untraced() -> Iterator[None]:
    """Trace nothing within, neither spans of ours nor statements: a trace would say when somebody voted."""
    if not enabled():
        yield
        return
    with suppress_instrumentation():
        yield


def exposition() -> bytes:
    """Give the counters in Prometheus's text form: of all processes that share the folder, else of this one."""
    return generate_latest(_registry())


@contextmanager
def served(bind: str) -> Iterator[None]:
    """Serve the same at an address of its own, host:port, for a process that has no door; an empty one serves nothing.

    Raises `ValueError` for what is no address, `OSError` where somebody else listens there.
    """
    if not bind:
        yield
        return
    host, _, port = bind.rpartition(":")
    if not host or not port.isdecimal():
        raise ValueError(f"METRICS_BIND is host:port, not {bind}")
    server, thread = start_http_server(int(port), addr=host, registry=_registry())
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _registry() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
