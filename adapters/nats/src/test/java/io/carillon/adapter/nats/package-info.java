@NullMarked
package io.carillon.adapter.nats;

import org.jspecify.annotations.NullMarked;
