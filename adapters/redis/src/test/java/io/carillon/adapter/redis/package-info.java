@NullMarked
package io.carillon.adapter.redis;

import org.jspecify.annotations.NullMarked;
