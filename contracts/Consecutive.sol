// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Consecutive} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Consecutive.sol";

/// A whole series minted in the constructor by one log (ERC-2309).
contract Consecutive is ERC721Consecutive {
    constructor(address to, uint96 size) ERC721("Thousand Seeds", "SEED") {
        _mintConsecutive(to, size);
    }
}
