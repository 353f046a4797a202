// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// A collection that anybody can mint, and that mints its first token in the constructor: before anybody knows of it.
contract Edition is ERC721 {
    constructor(address to) ERC721("Edition", "ED") {
        _mint(to, 1);
    }

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }
}

/// Says that it made a collection only after that has logged, and before it logs again.
contract EditionFactory {
    event EditionCreated(address indexed owner, address edition);

    function create(address owner) external {
        Edition edition = new Edition(owner);
        edition.mint(owner, 2);
        emit EditionCreated(owner, address(edition));
        edition.mint(owner, 3);
    }
}
