package io.carillon.server.metrics;

import io.carillon.adapter.rabbitmq.RabbitMqStats;
import io.carillon.hub.HubStats;
import io.carillon.hub.LatencyStats;
import io.carillon.hub.Loop;
import io.carillon.server.api.PublishRefusal;
import io.carillon.server.pusher.ApiFault;
import io.carillon.server.transport.TransportStats;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the values come from. Called by the thread that answers a Prometheus.
 *
 * @param transport connections and bytes
 * @param maxConnections how many clients are let in
 * @param hub channels, publications, deliveries
 * @param publishLatency how long publishes took
 * @param publishRefusals requests to publish over HTTP that were refused, by the reason
 * @param apiRefusals requests of the Pusher HTTP API that were not fulfilled, by the reason
 * @param rabbitMq the broker, where it is RabbitMQ
 * @param busUp whether the bus can be used
 * @param draining whether the node is leaving
 * @param loops the event loops
 */
public record Sources(
    Supplier<TransportStats> transport,
    int maxConnections,
    Supplier<HubStats> hub,
    Supplier<LatencyStats> publishLatency,
    Supplier<Map<PublishRefusal, Long>> publishRefusals,
    Supplier<Map<ApiFault, Long>> apiRefusals,
    @Nullable Supplier<RabbitMqStats> rabbitMq,
    BooleanSupplier busUp,
    BooleanSupplier draining,
    List<? extends Loop> loops) {}
