@NullMarked
package io.carillon.server.pusher;

import org.jspecify.annotations.NullMarked;
