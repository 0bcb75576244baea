#pragma once
#include "crc32c.h"
#include "files.h"
#include "peer.h"
#include "process.h"
#include "socket.h"
