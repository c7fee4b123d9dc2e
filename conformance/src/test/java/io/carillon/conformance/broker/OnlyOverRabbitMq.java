package io.carillon.conformance.broker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A test of a class for all brokers that looks into RabbitMQ itself. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
    named = BrokerKind.PROPERTY,
    matches = "(?!rabbitmq$).*",
    disabledReason = "it looks into RabbitMQ")
public @interface OnlyOverRabbitMq {}
