@NullMarked
package io.carillon.adapter.rabbitmq;

import org.jspecify.annotations.NullMarked;
