/**
 * The parts that every broker adapter needs, for any broker: {@link
 * io.carillon.adapter.kit.LinkedBroker} is a broker over a connection that comes and goes.
 *
 * <p>An adapter brings a {@link io.carillon.adapter.kit.Dialer}, which opens {@link
 * io.carillon.adapter.kit.Link}s, and a {@link io.carillon.adapter.kit.Vendor}, which explains
 * failures. A link offers an {@link io.carillon.adapter.kit.Outlet} for each {@link
 * io.carillon.adapter.kit.Lane} and binds channels as a {@link io.carillon.adapter.kit.BindTarget}.
 * It hands received messages to a {@link io.carillon.adapter.kit.Receiver}.
 *
 * <p>From the top: {@code LinkedBroker} hands calls to {@code LanePublisher}s and a {@code Binder},
 * each with one thread. A {@code Supervisor} has the dialer open a link, lends it to them, and
 * takes it away when it is lost. {@code Engine} owns all of these.
 *
 * <p>Publishing: {@code LanePublisher} → {@code Batcher} (which publications share a message) →
 * {@code Outlet}; back come {@code Answers}. Subscribing: {@code Binder} → {@code ExactBindings} →
 * {@code BindTarget}. The hub decides when to bind or unbind; a {@code BindPolicy} may bind more
 * than was asked for.
 */
@NullMarked
package io.carillon.adapter.kit;

import org.jspecify.annotations.NullMarked;
