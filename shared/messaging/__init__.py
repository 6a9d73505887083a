"""How facts travel: outbox, relay, RabbitMQ, consumer, inbox."""
