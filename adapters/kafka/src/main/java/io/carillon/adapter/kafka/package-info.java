/**
 * Kafka: publications and control messages as records of three topics, on the kit for adapters.
 *
 * <p>{@code KafkaBroker} is the broker, {@code KafkaDialer} connects, {@code KafkaLink} holds the
 * clients. A {@code Reader} reads one topic, a {@code TopicWriter} writes to one.
 */
@NullMarked
package io.carillon.adapter.kafka;

import org.jspecify.annotations.NullMarked;
