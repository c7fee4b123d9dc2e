/**
 * Carries publications over Redis' pub/sub: {@link io.carillon.adapter.redis.RedisBroker}.
 *
 * <p>{@code io.carillon.adapter.kit} keeps the node connected, publishes, and binds; this package
 * has the parts that are special to Redis. {@code RedisDialer} asks the sentinels if there are any,
 * and opens a {@code RedisLink}: two connections for each lane, a {@code Subscriber} and a {@code
 * Publisher}. A channel is a subscription of the first lane's subscriber. {@code RedisProbes} prove
 * that the subscriptions still exist, {@code MasterWatch} that the server is still the master, and
 * {@code BulkIntake} keeps bulk messages of a slow node out of Redis' memory.
 *
 * <p>In a cluster of Redis {@code ClusterDialer} opens a {@code ClusterLink}: {@code Shards} knows
 * the masters and their slots, {@code ClusterBindings} subscribes to each channel at the master of
 * its slot and notices when slots move, and {@code ClusterOutlet} publishes there.
 */
@NullMarked
package io.carillon.adapter.redis;

import org.jspecify.annotations.NullMarked;
