// SPDX-License-Identifier: GPL-3.0-or-later
pragma solidity ^0.8.28;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";

/// A collection whose royalty terms anybody can change at any time, and of which some tokens answer what no contract should.
contract FickleRoyalties is ERC721, ERC2981 {
    error NoTerms();

    constructor() ERC721("Fickle", "FK") {}

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }

    function setTerms(address recipient, uint96 bps) external {
        _setDefaultRoyalty(recipient, bps);
    }

    /// Tokens from 100 on refuse, from 200 on ask for twice the price, from 300 on answer a byte.
    function royaltyInfo(uint256 tokenId, uint256 price) public view override returns (address recipient, uint256 amount) {
        if (tokenId < 100) return super.royaltyInfo(tokenId, price);
        if (tokenId < 200) revert NoTerms();
        if (tokenId < 300) return (address(this), price * 2);
        assembly {
            mstore8(0, 1)
            return(0, 1)
        }
    }

    function supportsInterface(bytes4 id) public view override(ERC721, ERC2981) returns (bool) {
        return super.supportsInterface(id);
    }
}
