@NullMarked
package io.carillon.protocol.pusher.api;

import org.jspecify.annotations.NullMarked;
